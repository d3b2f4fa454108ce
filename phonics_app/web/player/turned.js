// This device turned round: the words fill the screen for whoever sits opposite, upside down for the teacher, who has
// the edge on his side: the way back to the marks, and the clock, which is never out of sight. Touching the words does
// nothing: children point at what they read.

import { ClockFace } from "./clock_face.js";
import { button, element } from "./dom.js";
import { isTimed } from "./marking.js";
import { stepButtons } from "./pupil_view.js";
import { wordsFor } from "./pupil_words.js";

export class TurnedView {
  constructor(pupil) {
    this.pupil = pupil;
    this.clock = new ClockFace(pupil.player.texts);
    this.place = element("div", { class: "pupil-place" });
    this.edge = element("footer", { class: "edge" });
    this.element = element("section", { class: "turned", id: "turned", onkeydown: (e) => e.key === "Escape" && pupil.actions.marks() });
    this.fit = () => this.words?.fit();
  }

  open() {
    document.body.append(this.element);
    this.pupil.player.root.hidden = true;
    window.addEventListener("resize", this.fit);
    this.update();
    document.getElementById("marks").focus();
  }

  close() {
    window.removeEventListener("resize", this.fit);
    this.element.remove();
    this.pupil.player.root.hidden = false;
    document.getElementById("turn")?.focus({ preventScroll: true });
  }

  update() {
    const { pupil } = this;
    const { phase } = pupil.open.clock;
    const key = [pupil.open.block.id, pupil.at, pupil.upside, phase, pupil.player.armed].join("/");
    if (key !== this.key) {
      this.key = key;
      const focused = document.activeElement?.id;
      this.words = wordsFor(pupil.words);
      this.words.element.classList.toggle("upside", pupil.upside);
      this.element.replaceChildren(this.words.element, this.makeEdge(phase));
      this.words.fit();
      if (focused) document.getElementById(focused)?.focus({ preventScroll: true });
    }
    this.tick(performance.now());
  }

  makeEdge(phase) {
    const { pupil } = this;
    const { texts, actions, armed } = pupil.player;
    const { marks, turnWords } = pupil.actions;
    const timed = isTimed(pupil.open.block);
    return element(
      "footer",
      { class: "edge" },
      timed && this.clock.element,
      timed && phase === "waiting" && button({ class: "secondary", id: "turned-start", disabled: !armed, onclick: actions.startClock }, texts.get("start_clock")),
      ...stepButtons(pupil),
      button({ class: "toggle", id: "turn-words", "aria-pressed": String(pupil.upside), onclick: turnWords }, texts.get("turned_way")),
      button({ class: "primary", id: "marks", onclick: marks }, texts.get("marks_again")),
    );
  }

  /** What time alone changes. */
  tick(now) {
    this.clock.update(this.pupil.player.session.state, now);
  }
}
