// One question: it is heard, and one of a few large answers is chosen. What is chosen can be changed until "next".

import { button, element, put } from "/play/static/dom.js";
import { ear, picture, screen } from "./screens.js";

const PICTURE = "choose_picture";
const SHORT_WORD = 4;

/** One screen for all questions: only what differs is changed, so that the next one is there at once on a slow tablet. */
export class ItemScreen {
  /** `answer(value)` once for each question; `heard()` each time its sound is asked for. */
  constructor(view, { answer, heard, help, stop }) {
    Object.assign(this, { view, answer, heard });
    const { texts } = view;
    this.options = [];
    this.progress = element("p");
    this.group = element("div", { role: "radiogroup", "aria-labelledby": "heading" });
    this.hint = element("p", { class: "hint", role: "status", id: "hint" });
    this.next = button({ class: "primary huge next", id: "next", onclick: () => this.give() }, picture("➜"), texts.get("next"));
    const hear = ear(texts, () => this.heard());
    this.element = screen(view, "item", "", this.progress, hear, this.group, this.hint, this.next, element("div", { class: "side" }, help, stop));
    this.heading = this.element.querySelector("#heading");
    this.element.addEventListener("keydown", (e) => this.key(e));
  }

  /** `practice`: says when to try the other one; `progress`: an element. */
  show({ item, face, practice, progress }) {
    const { texts } = this.view;
    const asked = texts.get(`task_${face.task}`);
    Object.assign(this, { face, practice, value: null, given: false });
    put(this.element, "className", `screen item ${face.task}`);
    Object.assign(this.element.dataset, { screen: `item ${face.task}`, item });
    put(this.heading, "textContent", practice ? texts.get("practice") : asked);
    const above = practice ? element("p", {}, asked) : progress;
    this.progress.replaceWith(above);
    this.progress = above;
    put(this.group, "className", `options ${this.longest > SHORT_WORD ? "long" : this.longest > 1 ? "some" : ""}`);
    this.fill(face.options);
    put(this.hint, "textContent", "");
    this.next.disabled = true;
  }

  /** Of one size, whatever their lengths: no answer stands out. */
  get longest() {
    return Math.max(...this.face.options.map(({ value }) => [...value].length));
  }

  fill(options) {
    while (this.options.length > options.length) this.options.pop().remove();
    while (this.options.length < options.length) {
      const place = this.options.length;
      const made = button({ role: "radio", onclick: () => this.choose(place) }, element("span", { class: "face" }));
      this.options.push(made);
      this.group.append(made);
    }
    options.forEach(({ value }, place) => this.fillOption(this.options[place], value, place));
  }

  fillOption(option, value, place) {
    const { texts } = this.view;
    const pictured = this.face.task === PICTURE;
    const [face] = option.children;
    put(option, "className", "option");
    option.dataset.value = value;
    option.tabIndex = place === 0 ? 0 : -1;
    put(option, "lang", pictured ? "" : "en");
    option.setAttribute("aria-checked", "false");
    // A picture's English name would be read aloud and give the answer away; its place does not.
    option.setAttribute("aria-label", pictured ? texts.get("picture", { place: place + 1 }) : texts.get("option", { place: place + 1, value }));
    face.style.setProperty("--characters", this.longest);
    put(face, "textContent", value);
  }

  /** A screen reader begins with what is asked. */
  focus() {
    this.heading.focus({ preventScroll: true });
  }

  choose(place) {
    this.value = this.face.options[place].value;
    this.options.forEach((option, i) => {
      option.setAttribute("aria-checked", String(i === place));
      option.tabIndex = i === place ? 0 : -1;
    });
    this.next.disabled = false;
  }

  /** Arrows go round the answers, as in any group of which one is chosen. */
  key(e) {
    const at = this.options.indexOf(document.activeElement);
    const way = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[e.key];
    if (at < 0 || !way) return;
    e.preventDefault();
    const to = (at + way + this.options.length) % this.options.length;
    this.options[to].focus();
    this.choose(to);
  }

  give() {
    if (this.given || this.value === null) return;
    if (this.practice && this.value !== this.face.key) {
      this.practise();
      return;
    }
    // No change of the screen but the next question: each takes a slow tablet a frame.
    this.given = true;
    this.answer(this.value);
  }

  /** Only while practising a pupil is shown what was meant. */
  practise() {
    const right = this.face.options.findIndex((option) => option.value === this.face.key);
    this.options[right].classList.add("this-one");
    this.hint.textContent = this.view.texts.get("practice_again");
    this.next.disabled = true;
    this.heard();
  }
}
