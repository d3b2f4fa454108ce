// One question: it is heard, and one of a few large answers is chosen. What is chosen can be changed until "next".

import { button, element } from "/play/static/dom.js";
import { ear, picture, screen } from "./screens.js";

const PICTURE = "choose_picture";
const SHORT_WORD = 4;

export class ItemScreen {
  /** `answer(value)` once; `heard()` each time the sound is asked for; `practice`: says when to try the other one. */
  constructor(view, { face, practice, progress, answer, heard, help, stop }) {
    Object.assign(this, { view, face, practice, answer, heard });
    this.value = null;
    this.given = false;
    const { texts } = view;
    this.next = button({ class: "primary huge next", id: "next", disabled: true, onclick: () => this.give() }, picture("➜"), texts.get("next"));
    this.options = face.options.map((option, place) => this.option(option, place));
    this.hint = element("p", { class: "hint", role: "status", id: "hint" });
    this.element = screen(
      view,
      `item ${face.task}`,
      texts.get(practice ? "practice" : `task_${face.task}`),
      practice ? element("p", {}, texts.get(`task_${face.task}`)) : progress,
      ear(texts, () => this.heard()),
      element("div", { class: `options ${this.longest > SHORT_WORD ? "long" : this.longest > 1 ? "some" : ""}`, role: "radiogroup", "aria-labelledby": "heading" }, ...this.options),
      this.hint,
      this.next,
      element("div", { class: "side" }, help, stop),
    );
    this.element.addEventListener("keydown", (e) => this.key(e));
  }

  /** Of one size, whatever their lengths: no answer stands out. */
  get longest() {
    return Math.max(...this.face.options.map(({ value }) => [...value].length));
  }

  option({ value }, place) {
    const { texts } = this.view;
    const pictured = this.face.task === PICTURE;
    // A picture's English name would be read aloud and give the answer away; its place does not.
    const label = pictured ? texts.get("picture", { place: place + 1 }) : texts.get("option", { place: place + 1, value });
    return button(
      {
        class: "option",
        role: "radio",
        "aria-checked": "false",
        tabindex: place === 0 ? "0" : "-1",
        "data-value": value,
        "aria-label": label,
        lang: pictured ? null : "en",
        onclick: () => this.choose(place),
      },
      element("span", { class: "face", "--characters": this.longest }, value),
    );
  }

  /** Made before it is shown, its heading could not have the focus yet. */
  focus() {
    this.element.querySelector("#heading").focus({ preventScroll: true });
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
    this.given = true;
    this.next.disabled = true;
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
