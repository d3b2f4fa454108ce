// What a pupil's own device asks of the server. The cookie with its token goes along by itself.

import { call, post } from "/play/static/api.js";

const SELF = "/api/v1/self";

export const join = (code) => post(`${SELF}/join`, { code });
export const placeNow = () => call(`${SELF}/place`);
export const chooseNumber = (number) => post(`${SELF}/number`, { number });
export const confirmName = (mine) => post(`${SELF}/name`, { mine });
export const askHelp = (wanted) => post(`${SELF}/help`, { wanted });
export const getTest = () => post(`${SELF}/test`, {}, 30000);
export const postEvents = (attempt, events) => post(`${SELF}/events`, { attempt, events });
