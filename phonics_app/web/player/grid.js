// The items of a block: a grid of letters or words for the pupil, or a list that the teacher reads aloud.
// Tap: wrong; tap again: taken back; long press or the mode button: self-corrected. Arrow keys move.

import { button, element } from "./dom.js";

const LONG_PRESS_MS = 550;
// Letters; longer words would be tiny three in a line on a phone.
const LONG_WORD = 6;
const SIGNS = { none: "", incorrect: "✕", self_corrected: "↺" };

/** Whether the block has something for the pupil to read. */
export const isForEyes = (block, items) => block.items.some((id) => items.get(id).stimulus !== "");

/**
 * The items of `block`. Marks are put on with `update`: cells stay where they are, because a cell that is made
 * anew between a finger's going down and up would swallow the touch. `tapped(item, long)` hears each touch.
 */
export class ItemGrid {
  constructor({ block, items, texts, answers, tapped }) {
    const forEyes = isForEyes(block, items);
    const longest = Math.max(...block.items.map((id) => items.get(id).stimulus.length));
    this.cells = block.items.map((id, i) => new Cell(items.get(id), i + 1, { forEyes, texts, answers, tapped }));
    const attributes = {
      class: forEyes ? "grid" : "list",
      role: "group",
      "aria-label": texts.get("items"),
      "--line": forEyes ? Math.min(block.line_length, block.items.length) : 1,
      "--characters": Math.max(longest, 2),
      "--phone-line": longest > LONG_WORD ? 2 : 3,
      onkeydown: moveByArrows,
      oncontextmenu: (e) => e.preventDefault(),
    };
    this.element = element("div", attributes, ...this.cells.map((cell) => cell.element));
  }

  /** `marks`: item → mark. `disabled`: marks stay visible, touches do nothing. */
  update(marks, disabled) {
    for (const cell of this.cells) cell.update(marks[cell.id] ?? "none", disabled);
  }
}

class Cell {
  constructor(item, number, { forEyes, texts, answers, tapped }) {
    this.id = item.id;
    this.texts = texts;
    this.label = { number, item: forEyes ? item.stimulus : texts.content(item.prompt) };
    this.sign = element("span", { class: "sign", "aria-hidden": "true" });
    const face = forEyes ? stimulus(item, answers) : prompt(item, number, texts);
    this.element = button({ class: "item", "data-item": item.id }, ...face, this.sign);
    listenForTouches(this.element, (long) => tapped(item.id, long));
  }

  update(mark, disabled) {
    const { element: cell, texts, label } = this;
    cell.dataset.mark = mark;
    cell.disabled = disabled;
    cell.setAttribute("aria-pressed", String(mark !== "none"));
    cell.setAttribute("aria-label", texts.get("item_label", { ...label, mark: texts.get(`mark_${mark}`) }));
    this.sign.textContent = SIGNS[mark];
  }
}

function stimulus(item, answers) {
  return [
    element("span", { class: "stimulus", lang: "en" }, item.stimulus),
    answers && reading(item),
  ];
}

/** By ear: the teacher reads the prompt, so the key always stands beside it; the pupil does not look. */
function prompt(item, number, texts) {
  const main = texts.content(item.prompt);
  const other = item.prompt[texts.other];
  return [
    element("span", { class: "number", "aria-hidden": "true" }, String(number)),
    element(
      "span",
      { class: "prompt" },
      element("span", { class: "main" }, main),
      other && other !== main && element("span", { class: "other", lang: texts.other }, other),
    ),
    element("span", { class: "answer" }, texts.get("answer", { answer: unbroken(answersOf(item)) })),
  ];
}

/** The key and whatever else is right (PSC-ALT). */
const answersOf = (item) => [item.key, ...item.accepted];

/** Answers in one line of text that breaks between them only: a word joiner keeps the slashes with their sounds. */
const unbroken = (answers) => answers.map((answer) => answer.replaceAll("/", "\u2060/\u2060")).join(" · ");

/** What a reading tells beyond the stimulus: a word that is its own key needs no repetition. */
const readingsOf = (item) => answersOf(item).filter((answer) => answer !== item.stimulus);

/** Whether the pupil reads, and the teacher can be told how. */
export const hasReadings = (block, items) =>
  isForEyes(block, items) && block.items.some((id) => readingsOf(items.get(id)).length > 0);

function reading(item) {
  const told = readingsOf(item);
  return told.length > 0 && element("span", { class: "answer", lang: "en" }, unbroken(told));
}

function listenForTouches(target, touched) {
  let timer = null;
  let long = false;
  const cancel = () => clearTimeout(timer);
  target.addEventListener("pointerdown", () => {
    long = false;
    timer = setTimeout(() => {
      long = true;
      touched(true);
    }, LONG_PRESS_MS);
  });
  for (const kind of ["pointerup", "pointerleave", "pointercancel"]) target.addEventListener(kind, cancel);
  target.addEventListener("click", () => {
    cancel();
    if (!long) touched(false);
    long = false;
  });
}

function moveByArrows(e) {
  const cells = [...e.currentTarget.querySelectorAll(".item")];
  const at = cells.indexOf(document.activeElement);
  const line = Number(e.currentTarget.style.getPropertyValue("--line"));
  const step = { ArrowRight: 1, ArrowLeft: -1, ArrowDown: line, ArrowUp: -line }[e.key];
  if (at < 0 || step === undefined) return;
  e.preventDefault();
  cells[at + step]?.focus();
}
