// The answers to choose from, as one group of large buttons. Groups of questions that may come next are made, laid out
// and drawn beforehand, beside the screen: to bring one on then takes a slow tablet hardly more than a frame.

import { button, element, put, putText } from "/play/static/dom.js";

const PICTURE = "choose_picture";
const SHORT_WORD = 4;

export class Answers {
  /** `chosen()`: after each choice. */
  constructor(texts, chosen) {
    Object.assign(this, { texts, chosen, item: null, value: null, options: [] });
    this.element = element("div", { class: "answers", role: "radiogroup", "aria-labelledby": "heading", "aria-hidden": "true" });
    this.element.addEventListener("keydown", (e) => this.key(e));
  }

  /** The answers to an item, none chosen. */
  fill(item, face) {
    Object.assign(this, { item, face, value: null });
    const longest = Math.max(...face.options.map(({ value }) => [...value].length));
    put(this.element, "className", `answers ${face.task} ${longest > SHORT_WORD ? "long" : longest > 1 ? "some" : ""}`);
    // Of one size, whatever their lengths: no answer stands out.
    this.element.style.setProperty("--characters", longest);
    while (this.options.length > face.options.length) this.options.pop().remove();
    while (this.options.length < face.options.length) this.addOption();
    face.options.forEach(({ value }, place) => this.fillOption(this.options[place], value, place));
  }

  addOption() {
    const place = this.options.length;
    const made = button({ role: "radio", class: "option", onclick: () => this.choose(place) }, element("span", { class: "face" }));
    this.options.push(made);
    this.element.append(made);
  }

  fillOption(option, value, place) {
    const pictured = this.face.task === PICTURE;
    put(option, "className", "option");
    option.dataset.value = value;
    option.tabIndex = -1;
    put(option, "lang", pictured ? "" : "en");
    option.setAttribute("aria-checked", "false");
    // A picture's English name would be read aloud and give the answer away; its place does not.
    const name = pictured ? this.texts.get("picture", { place: place + 1 }) : this.texts.get("option", { place: place + 1, value });
    option.setAttribute("aria-label", name);
    putText(option.firstChild, value);
  }

  /** On screen or beside it. Nothing else changes in that frame. */
  setShown(shown) {
    this.element.classList.toggle("options", shown);
  }

  /** Beside one that is lower it takes up no room, or the screen could be scrolled to nothing. */
  standBeside(shown) {
    const higher = this !== shown && this.element.scrollHeight > shown.element.offsetHeight;
    this.element.classList.toggle("flat", higher);
  }

  /** In reach of the keyboard and of screen readers, or not. */
  setReachable(reachable) {
    if (reachable) this.element.removeAttribute("aria-hidden");
    else this.element.setAttribute("aria-hidden", "true");
    this.options.forEach((option, i) => (option.tabIndex = reachable && i === 0 ? 0 : -1));
  }

  choose(place) {
    this.value = this.face.options[place].value;
    this.options.forEach((option, i) => {
      option.setAttribute("aria-checked", String(i === place));
      option.tabIndex = i === place ? 0 : -1;
    });
    this.chosen();
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

  /** Marks the answer that was meant: only while practising. */
  point() {
    this.options.find((option) => option.dataset.value === this.face.key).classList.add("this-one");
  }
}
