// One question: it is heard, and one of a few large answers is chosen. What is chosen can be changed until "next".

import { button, element, put, putText } from "/play/static/dom.js";
import { Answers } from "./answers.js";
import { ear, picture, screen } from "./screens.js";

const GROUPS = 3; // the question on screen, and what follows a right and a wrong answer to it

/** One screen for all questions: only what differs is changed, so that the next one is there at once on a slow tablet. */
export class ItemScreen {
  /** `answer(value)` once for each question; `heard()` each time its sound is asked for. */
  constructor(view, { answer, heard, help, stop }) {
    Object.assign(this, { view, answer, heard });
    const { texts } = view;
    this.groups = Array.from({ length: GROUPS }, () => new Answers(texts, () => (this.next.disabled = false)));
    this.above = element("p");
    this.hint = element("p", { class: "hint", role: "status", id: "hint" });
    this.next = button({ class: "primary huge next", id: "next", onclick: () => this.give() }, picture("➜"), texts.get("next"));
    const hear = ear(texts, () => this.heard());
    const stage = element("div", { class: "stage" }, ...this.groups.map((group) => group.element));
    this.element = screen(view, "item", "", this.above, hear, stage, this.hint, this.next, element("div", { class: "side" }, help, stop));
    this.heading = this.element.querySelector("#heading");
  }

  /** `practice`: says when to try the other one; `answered`: how many questions were. */
  show({ item, face, practice, answered }) {
    const before = this.answers;
    this.answers = this.groupOf(item) ?? this.spare(item, face);
    Object.assign(this, { practice, given: false });
    this.head(face, answered);
    this.answers.setShown(true);
    before?.setShown(false);
    put(this.hint, "textContent", "");
    this.next.disabled = true;
    Object.assign(this.element.dataset, { screen: `item ${face.task}`, item });
  }

  head(face, answered) {
    const { texts } = this.view;
    const asked = texts.get(`task_${face.task}`);
    putText(this.heading, this.practice ? texts.get("practice") : asked);
    // How much has been done, never how well: a dot for each answer.
    const dots = "●".repeat(answered % 10) || "·";
    put(this.above, "className", this.practice ? "asked" : "dots");
    putText(this.above, this.practice ? asked : dots);
    if (this.practice) this.above.removeAttribute("role");
    else this.above.setAttribute("role", "img");
    if (this.practice) this.above.removeAttribute("aria-label");
    else this.above.setAttribute("aria-label", texts.get("progress", { n: answered }));
  }

  groupOf(item) {
    return this.groups.find((group) => group !== this.answers && group.item === item && group.value === null);
  }

  spare(item, face) {
    const group = this.groups.find((one) => one !== this.answers);
    group.fill(item, face);
    return group;
  }

  /** Makes what may come next ready: pairs of item and face, at most two. */
  prepare(coming) {
    const missing = coming.filter(([item]) => !this.groupOf(item));
    const wanted = new Set(coming.map(([item]) => item));
    const free = this.groups.filter((group) => group !== this.answers && !(wanted.has(group.item) && group.value === null));
    missing.forEach(([item, face], i) => free[i].fill(item, face));
    this.groups.forEach((group) => group.standBeside(this.answers));
  }

  /** Once it is on screen: in reach, and a screen reader begins with what is asked. */
  reach() {
    for (const group of this.groups) {
      group.setReachable(group === this.answers);
      group.standBeside(this.answers);
    }
    this.heading.focus({ preventScroll: true });
  }

  give() {
    const { value, face } = this.answers;
    if (this.given || value === null) return;
    if (this.practice && value !== face.key) {
      this.practise();
      return;
    }
    // No change of the screen but the next question: each takes a slow tablet a frame.
    this.given = true;
    this.answer(value);
  }

  /** Only while practising a pupil is shown what was meant. */
  practise() {
    this.answers.point();
    this.hint.textContent = this.view.texts.get("practice_again");
    this.next.disabled = true;
    this.heard();
  }
}
