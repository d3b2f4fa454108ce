// The helper for three seconds of hesitation: a strip that fills from the last touch anywhere on the screen.
// It only shows; whether the pupil is moved on is the teacher's decision.

import { element } from "./dom.js";

export class Hesitation {
  constructor(texts) {
    this.strip = element("span", { class: "strip" });
    this.chip = element("span", { class: "chip" }, texts.get("hesitation"));
    this.element = element("div", { id: "hesitation", class: "hesitation", "aria-hidden": "true" }, this.strip, this.chip);
  }

  /** A touch: from the beginning again. `going`: whether anything is to be waited for. */
  restart(going) {
    this.element.classList.remove("going");
    if (!going) return;
    void this.element.offsetWidth; // so that the animation begins anew
    this.element.classList.add("going");
  }
}
