// The items of a block: a grid of letters or words for the pupil, a text, or a list that the teacher reads aloud.
// Tap: wrong; tap again: taken back; long press, right click or the keys 1 to 6: what was wrong. Arrow keys move.

import { button, element } from "./dom.js";
import { KINDS } from "./error_menu.js";
import { isTimed } from "./marking.js";
import { lineLengths, lineOf } from "./marks.js";

const LONG_PRESS_MS = 550;
// Letters; longer words would be tiny three in a line on a phone.
const LONG_WORD = 6;
const SHORT_WORD = 4;
// Items; more of them stand closer together.
const MANY = 24;
const SIGNS = { none: "", incorrect: "✕", self_corrected: "↺" };

/** Whether the block has something for the pupil to read. */
export const isForEyes = (block, items) =>
  !["questions", "dictation"].includes(block.kind) && block.items.some((id) => items.get(id).stimulus !== "");

/**
 * The items of `block`. Marks are put on with `update`: cells stay where they are, because a cell that is made
 * anew between a finger's going down and up would swallow the touch. `on`: `tapped(item)`, `asked(item, kind)` (a
 * long press: kind null; a key: its kind), `lineTapped(line)`.
 */
export class ItemGrid {
  constructor({ block, items, texts, answers, on }) {
    const forEyes = isForEyes(block, items);
    const look = { forEyes, passage: block.kind === "passage", texts, answers, on };
    this.cells = block.items.map((id, i) => new Cell(items.get(id), i + 1, look));
    this.lines = hasLines(block) ? linesOf(block, this.cells, texts, on) : [];
    const inside = this.lines.length ? this.lines.map((line) => line.element) : this.cells.map((cell) => cell.element);
    this.element = element("div", attributesOf(block, items, forEyes, texts), ...inside);
  }

  /**
   * `marks`, `remarks`: of items. `disabled`: marks stay visible, touches do nothing. `picking`: touches name the
   * last item, `last`, which can't lie before the index `earliest`.
   */
  update({ marks, remarks, disabled, picking, last, earliest }) {
    const end = this.cells.findIndex((cell) => cell.id === last);
    this.element.classList.toggle("picking", picking);
    this.cells.forEach((cell, i) => {
      const locked = disabled || (picking && i < earliest);
      cell.update({ mark: marks[cell.id] ?? "none", remark: remarks[cell.id], disabled: locked });
      cell.showEnd(picking && i === end, picking && end >= 0 && i > end);
    });
    for (const line of this.lines) line.update(marks, disabled || picking);
  }
}

/** Lines can be marked where a clock runs: single touches would take too long. */
const hasLines = (block) => isTimed(block) && lineLengths(block).length > 1;

function attributesOf(block, items, forEyes, texts) {
  const longest = Math.max(...block.items.map((id) => items.get(id).stimulus.length));
  const kind = block.kind === "passage" ? "passage" : forEyes ? "grid" : "list";
  const many = block.items.length > MANY ? " many" : "";
  const line = forEyes ? Math.min(block.line_length, block.items.length) : 1;
  // What is broken of a line of its own is broken into equal parts.
  const fair = (most) => (hasLines(block) ? Math.ceil(line / Math.ceil(line / most)) : most);
  return {
    class: `${kind}${many}${hasLines(block) ? " lined" : ""}`,
    role: "group",
    "aria-label": texts.get("items"),
    ...columns("line", line, longest <= SHORT_WORD ? Math.ceil : Math.floor, fair),
    ...columns("phone", Math.min(line, longest > LONG_WORD ? 2 : many ? 5 : 3), Math.floor, fair),
    "--characters": Math.max(longest, 2),
    onkeydown: moveByArrows,
    oncontextmenu: (e) => e.preventDefault(),
  };
}

/** How many stand beside each other, for each size of the letters. */
const columns = (name, usual, half, fair) => ({
  [`--${name}-1`]: fair(usual),
  [`--${name}-2`]: fair(Math.max(1, Math.floor(usual * 0.75))),
  [`--${name}-3`]: fair(Math.max(1, half(usual / 2))),
});

function linesOf(block, cells, texts, on) {
  return lineLengths(block).map((_, i) => {
    const own = lineOf(block, i + 1).map((index) => cells[index]);
    return new Line(i + 1, own, texts, on);
  });
}

class Line {
  constructor(number, cells, texts, on) {
    Object.assign(this, { number, cells, texts });
    this.button = button({ class: "plain whole-line", "data-line": number, onclick: () => on.lineTapped(number) });
    const label = texts.get("line", { line: number });
    const own = element("div", { class: "line-items" }, ...cells.map((cell) => cell.element));
    this.element = element("div", { class: "line", role: "group", "aria-label": label }, own, this.button);
  }

  update(marks, disabled) {
    const wrong = this.cells.every((cell) => marks[cell.id] === "incorrect");
    this.button.disabled = disabled;
    if (wrong === this.wrong) return;
    this.wrong = wrong;
    this.button.setAttribute("aria-pressed", String(wrong));
    this.button.setAttribute("aria-label", this.texts.get("line_wrong", { line: this.number }));
    this.button.textContent = wrong ? "↶" : "✕✕";
  }
}

class Cell {
  constructor(item, number, look) {
    const { forEyes, passage, texts, answers, on } = look;
    this.id = item.id;
    this.texts = texts;
    this.label = { number, item: forEyes ? item.stimulus : texts.content(item.prompt) };
    this.sign = element("span", { class: "sign", "aria-hidden": "true" });
    this.note = element("span", { class: "note", "aria-hidden": "true" });
    const face = forEyes ? stimulus(item, answers && !passage) : prompt(item, number, texts);
    this.element = button({ class: "item", "data-item": item.id }, ...face, this.note, this.sign);
    listenForTouches(this.element, () => on.tapped(item.id), (kind) => on.asked(item.id, kind));
  }

  update({ mark, remark, disabled }) {
    const { element: cell, texts } = this;
    cell.disabled = disabled;
    // One touch changes one cell: the others are left as they are.
    const key = `${mark}/${remark?.error}/${remark?.said}`;
    if (key === this.key) return;
    this.key = key;
    cell.dataset.mark = mark;
    cell.setAttribute("aria-pressed", String(mark !== "none"));
    this.sign.textContent = SIGNS[mark];
    this.note.textContent = noteOf(remark, texts);
    const told = this.note.textContent ? `, ${this.note.textContent}` : "";
    this.name = texts.get("item_label", { ...this.label, mark: texts.get(`mark_${mark}`) }) + told;
    cell.setAttribute("aria-label", this.name);
  }

  /** `isEnd`: the last item tried, as it is being named; `beyond`: after it. */
  showEnd(isEnd, beyond) {
    this.element.classList.toggle("end", isEnd);
    this.element.classList.toggle("beyond", beyond);
    if (isEnd !== this.isEnd) this.element.setAttribute("aria-label", isEnd ? `${this.name}, ${this.texts.get("is_last")}` : this.name);
    this.isEnd = isEnd;
  }
}

/** What was said, or else the kind of error, in a few words. */
export function noteOf(remark, texts) {
  if (!remark) return "";
  return remark.said ? `“${remark.said}”` : texts.get(`error_${remark.error}`);
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
const unbroken = (answers) => answers.map((answer) => answer.split("/").join("\u2060/\u2060")).join(" · ");

/** What a reading tells beyond the stimulus: a word that is its own key needs no repetition. */
const readingsOf = (item) => answersOf(item).filter((answer) => answer !== item.stimulus);

/** Whether the pupil reads, and the teacher can be told how. */
export const hasReadings = (block, items) =>
  block.kind !== "passage" &&
  isForEyes(block, items) &&
  block.items.some((id) => readingsOf(items.get(id)).length > 0);

function reading(item) {
  const told = readingsOf(item);
  return told.length > 0 && element("span", { class: "answer", lang: "en" }, unbroken(told));
}

function listenForTouches(target, touched, asked) {
  let timer = null;
  let long = false;
  const cancel = () => clearTimeout(timer);
  const ask = (kind) => {
    cancel();
    long = true;
    if (!target.disabled) asked(kind);
  };
  target.addEventListener("pointerdown", () => {
    long = false;
    timer = setTimeout(() => ask(null), LONG_PRESS_MS);
  });
  for (const kind of ["pointerup", "pointerleave", "pointercancel"]) target.addEventListener(kind, cancel);
  // Right button, or the key for it; a long press of some devices comes as this too, and only once.
  target.addEventListener("contextmenu", () => !long && ask(null));
  target.addEventListener("keydown", (e) => {
    long = false;
    const kind = KINDS.find(({ key }) => key === e.key);
    if (!kind || e.ctrlKey || e.altKey || e.metaKey) return;
    e.preventDefault(); // the field that opens must not get the key
    ask(kind);
    long = false;
  });
  target.addEventListener("click", () => {
    cancel();
    if (!long) touched();
    long = false;
  });
}

function moveByArrows(e) {
  const cells = [...e.currentTarget.querySelectorAll(".item")];
  const at = cells.indexOf(document.activeElement);
  const beside = { ArrowRight: 1, ArrowLeft: -1 }[e.key];
  const across = { ArrowDown: 1, ArrowUp: -1 }[e.key];
  if (at < 0 || !(beside || across)) return;
  e.preventDefault();
  (beside ? cells[at + beside] : inNextRow(cells, at, across))?.focus();
}

/** The nearest cell of the row below or above, as it stands on screen: how many are in a row depends on the device. */
function inNextRow(cells, at, way) {
  const boxes = cells.map((cell) => cell.getBoundingClientRect());
  const beyond = boxes.map((_, i) => i).filter((i) => (boxes[i].top - boxes[at].top) * way > boxes[at].height / 2);
  const far = (i) => Math.abs(boxes[i].top - boxes[at].top) * 100 + Math.abs(boxes[i].left - boxes[at].left);
  return cells[beyond.sort((a, b) => far(a) - far(b))[0]];
}
