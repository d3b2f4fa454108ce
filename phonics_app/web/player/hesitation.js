// The helper for three seconds of hesitation: a strip that fills from the last touch anywhere on the screen.
// It only shows; whether the pupil is moved on is the teacher's decision.

import { element } from "./dom.js";

export class Hesitation {
  constructor(texts) {
    const track = element("span", { class: "track" }, element("span", { class: "strip" }));
    const chip = element("span", { class: "chip" }, texts.get("hesitation"));
    this.element = element("div", { id: "hesitation", class: "hesitation", "aria-hidden": "true" }, track, chip);
  }

  /** A touch: from the beginning again. `going`: whether anything is to be waited for. */
  restart(going) {
    // Of two names of the same movement the other one begins anew by itself; one alone would need a layout between.
    this.turn = this.turn === "1" ? "2" : "1";
    if (going) this.element.dataset.going = this.turn;
    else delete this.element.dataset.going;
  }
}
