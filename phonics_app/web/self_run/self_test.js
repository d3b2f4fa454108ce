/* A self-run test from its events, on the device: the same fold as phonics_app/engine/item_administration.py. Pure
 * functions; states are frozen. Which item comes next and when the test ends is for item_engine.js to say.
 *
 * begin(sitting) -> state                 sitting: {attempt: {id}, spec, plan: {pool, faces, practice, rest_every}}
 * apply(state, event) -> state
 * step(state) -> {kind: "start" | "resume"} once, then
 *                {kind: "practice" | "item", item} | {kind: "rest"} | {kind: "finish", reason} | {kind: "over"}
 * lookAhead(state) -> the items of which one comes next; having been reckoned, the next apply is quick
 */

import * as engine from "/play/static/item_engine.js";

const LONGEST_GAP = 60; // seconds; item_administration.py

export function begin(sitting) {
  const { plan, spec } = sitting;
  return Object.freeze({
    plan,
    test: engine.begin(plan.pool, spec),
    practised: [],
    answered: 0,
    sinceRest: 0,
    seconds: 0,
    mono: null,
    started: false,
    ended: false,
  });
}

export const replay = (sitting, events) => events.reduce(apply, begin(sitting));

export function apply(state, event) {
  const ticked = tick({ ...state, started: true }, event);
  if (state.ended) return Object.freeze(ticked);
  return Object.freeze((HANDLERS[event.kind] ?? same)(ticked, event.data));
}

const same = (state) => state;

/* Time between two events of one opening of the page. */
function tick(state, event) {
  const opened = event.kind === "attempt_resumed" || state.mono === null;
  const passed = opened ? 0 : (event.mono_ms - state.mono) / 1000;
  return { ...state, seconds: state.seconds + Math.min(Math.max(passed, 0), LONGEST_GAP), mono: event.mono_ms };
}

function answered(state, { item, value }) {
  const face = state.plan.faces[item];
  if (state.plan.practice.includes(item)) {
    const done = value === face.key && !state.practised.includes(item);
    return done ? { ...state, practised: [...state.practised, item] } : state;
  }
  const due = engine.next(state.test);
  if (due.kind !== "show" || due.item.id !== item) return state;
  if (!face.options.some((option) => option.value === value)) return state;
  const test = engine.answer(state.test, { item, right: value === face.key, seconds: state.seconds });
  return { ...state, test, answered: state.answered + 1, sinceRest: state.sinceRest + 1 };
}

const HANDLERS = {
  item_answered: answered,
  rested: (state) => ({ ...state, sinceRest: 0 }),
  attempt_stopped: (state) => ({ ...state, ended: true }),
  attempt_finished: (state) => (engine.next(state.test).kind === "finished" ? { ...state, ended: true } : state),
};

/** Reckons both answers to the item that is due: whichever comes, the next item is there at once (item_tables.js). */
export function lookAhead(state) {
  const due = engine.next(state.test);
  if (state.ended || due.kind !== "show") return [];
  const after = [true, false].map((right) => engine.next(engine.answer(state.test, { item: due.item.id, right, seconds: state.seconds })));
  return [...new Set(after.filter(({ kind }) => kind === "show").map(({ item }) => item.id))];
}

export function step(state) {
  if (state.ended) return { kind: "over" };
  const left = state.plan.practice.find((item) => !state.practised.includes(item));
  // Who has begun the test itself needs no more practice.
  if (left !== undefined && state.answered === 0) return { kind: "practice", item: left };
  const due = engine.next(state.test);
  if (due.kind === "finished") return { kind: "finish", reason: due.reason };
  if (state.sinceRest >= state.plan.rest_every) return { kind: "rest" };
  return { kind: "item", item: due.item.id };
}
