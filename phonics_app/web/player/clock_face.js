// The clock as the teacher sees it: minutes and seconds, in words what it does, and what a screen reader is told.

import { secondsOf, usedAt } from "./clock.js";
import { element } from "./dom.js";
import { current } from "./engine.js";

const SIGNS = { waiting: "○", running: "▶", stopped: "❚❚", up: "■" };
// Seconds left of which a screen reader is told.
const TOLD = [30, 10];
const SOON = 10;

export const minutes = (seconds) => `${Math.floor(seconds / 60)}:${String(Math.floor(seconds % 60)).padStart(2, "0")}`;

/** Whole seconds that the clock shows: what is left of a limit, rounded up, or what was used. */
export function secondsShown({ block, clock }, monoMs, now) {
  const used = usedAt(clock, monoMs, now) / 1000;
  return secondsOf(block) ? Math.ceil(Math.max(0, secondsOf(block) - used)) : Math.floor(used);
}

export class ClockFace {
  constructor(texts) {
    this.texts = texts;
    this.sign = element("span", { class: "sign", "aria-hidden": "true" });
    this.time = element("span", { class: "time" });
    this.word = element("span", { class: "word" });
    this.told = element("span", { class: "unseen", role: "status" });
    this.face = element("span", { id: "clock", class: "clock", role: "timer" }, this.sign, this.time, this.word);
    this.element = element("span", { class: "clock-place" }, this.face, this.told);
  }

  update(state, now) {
    const open = current(state);
    if (!open) return;
    const seconds = secondsShown(open, state.monoMs, now);
    const { phase } = open.clock;
    if (this.shown === `${phase}/${seconds}`) return;
    this.shown = `${phase}/${seconds}`;
    const limited = secondsOf(open.block) > 0;
    const soon = limited && phase === "running" && seconds <= SOON;
    this.face.dataset.phase = soon ? "soon" : phase;
    this.sign.textContent = soon ? "!" : SIGNS[phase];
    this.time.textContent = minutes(seconds);
    this.word.textContent = this.texts.get(`clock_${phase}`);
    const label = this.texts.get(limited ? "time_left" : "time_used", { time: minutes(seconds) });
    this.face.setAttribute("aria-label", `${label}, ${this.word.textContent}`);
    if (phase === "up") this.told.textContent = this.texts.get("time_up_title");
    else if (limited && phase === "running" && TOLD.includes(seconds)) this.told.textContent = label;
  }
}
