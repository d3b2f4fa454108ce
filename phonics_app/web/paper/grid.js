// The items of the sheet, as they stand on it. Arrow keys move; one key is a mark.

import { button, element } from "/play/static/dom.js";
import { countsOf, isTimed, keysOf, readingOf } from "./sheet.js";

// By the place on the keyboard, so that a Thai layout marks as an English one does.
const BY_PLACE = { KeyX: "x", KeyS: "s", KeyD: "d", KeyT: "t", KeyA: "a", KeyN: "n", Slash: "/", NumpadDivide: "/" };
const SIGNS = { x: "✕", s: "↺", d: "✕ D", t: "✕ T", a: "✕ A", n: "–", "/": "✓", 0: "–" };
const CLEARING = new Set(["Backspace", "Delete"]);

const digitOf = (code) => /^(?:Digit|Numpad)(\d)$/.exec(code)?.[1] ?? null;

export class SheetGrid {
  /** `acts`: key(block, index, key), last(block, last), leave(). */
  constructor({ plan, texts, acts }) {
    Object.assign(this, { plan, texts, acts });
    this.items = new Map(plan.items.map((item) => [item.id, item]));
    this.rows = [];
    let number = 0;
    this.parts = plan.blocks.map((block) => {
      const part = new Part(this, block, number);
      number += block.items.length;
      return part;
    });
    this.cells = this.parts.flatMap((part) => part.cells);
    this.element = element("div", { class: "sheet", onkeydown: (e) => this.pressed(e) }, ...this.parts.map((part) => part.element));
    this.at = 0;
  }

  update(sheet) {
    this.sheet = sheet;
    for (const part of this.parts) part.update(sheet);
  }

  /** A sheet that is entered is looked at only. */
  lock(on) {
    for (const cell of this.cells) cell.element.disabled = on;
  }

  focus(index = this.at) {
    this.at = Math.min(Math.max(index, 0), this.cells.length - 1);
    this.cells.forEach((cell, i) => (cell.element.tabIndex = i === this.at ? 0 : -1));
    this.cells[this.at].element.focus();
  }

  /** The cell of a block's item. */
  focusItem(block, index) {
    this.focus(this.cells.findIndex((cell) => cell.block.id === block && cell.index === index));
  }

  pressed(e) {
    const cell = this.cells.findIndex((one) => one.element === document.activeElement);
    if (cell < 0 || e.ctrlKey || e.metaKey || e.altKey) return;
    this.at = cell;
    if (this.moved(e.key) || this.marked(e.code, e.key)) e.preventDefault();
  }

  moved(key) {
    const step = { ArrowRight: 1, ArrowLeft: -1, " ": 1 }[key];
    if (step) this.focus(this.at + step);
    else if (key === "ArrowDown" || key === "ArrowUp") this.focus(this.across(key === "ArrowDown" ? 1 : -1));
    else if (key === "Home" || key === "End") this.focus(key === "Home" ? 0 : this.cells.length - 1);
    else if (key === "Enter") this.acts.leave();
    else return false;
    return true;
  }

  /** The cell above or below: in the next row the one of the same place, or its last one. */
  across(step) {
    const row = this.rows.findIndex((one) => one.includes(this.cells[this.at]));
    const other = this.rows[row + step];
    if (!other) return this.at;
    const place = this.rows[row].indexOf(this.cells[this.at]);
    return this.cells.indexOf(other[Math.min(place, other.length - 1)]);
  }

  marked(code, key) {
    const { block, index, item } = this.cells[this.at];
    if (code === "KeyL") {
      this.acts.last(block.id, index + 1);
      return true;
    }
    const meant = CLEARING.has(key) ? "" : (BY_PLACE[code] ?? digitOf(code));
    if (meant === null || (meant && !keysOf(item).includes(meant))) return false;
    this.acts.key(block.id, index, meant);
    if (meant) this.focus(this.at + 1);
    return true;
  }
}

/** Where the sheet has one item on a line, five stand beside each other here. */
const lineOf = ({ line_length: length }) => (length > 1 ? length : 5);

class Part {
  constructor(grid, block, before) {
    this.block = block;
    this.grid = grid;
    this.cells = block.items.map((id, i) => new Cell(grid, block, i, grid.items.get(id), before + i + 1));
    this.counts = [];
    const rows = this.lines().map(([from, to]) => this.line(from, to));
    const title = grid.texts.get(block.kind === "passage" || block.kind === "questions" ? `kind_${block.kind}` : `task_${this.cells[0].item.task}`);
    this.element = element("section", { class: "part" }, element("h2", {}, title), ...rows);
  }

  lines() {
    const { items, lines } = this.block;
    const length = lineOf(this.block);
    const sizes = lines?.length ? lines : Array.from({ length: Math.ceil(items.length / length) }, () => length);
    let from = 0;
    return sizes.map((size) => [from, (from = Math.min(from + size, items.length))]);
  }

  line(from, to) {
    const count = element("span", { class: "count" });
    this.counts.push({ count, from, to });
    const cells = this.cells.slice(from, to);
    this.grid.rows.push(cells);
    const running = this.block.lines?.length > 0;
    const attributes = { class: running ? "cells running" : "cells", "--line": lineOf(this.block) };
    return element("div", { class: "line" }, element("div", attributes, ...cells.map((cell) => cell.element)), count);
  }

  update(sheet) {
    const { keys, last } = sheet.blocks[this.block.id];
    this.cells.forEach((cell, i) => cell.update(keys[i], last));
    const timed = isTimed(this.grid.plan);
    for (const { count, from, to } of this.counts) {
      const { right, wrong } = countsOf(this.grid.plan, sheet, this.block, from, to);
      count.textContent = this.grid.texts.get(timed ? "line_wrong" : "line_right", { n: timed ? wrong : right });
    }
  }
}

class Cell {
  constructor(grid, block, index, item, number) {
    Object.assign(this, { grid, block, index, item, number });
    this.sign = element("span", { class: "sign", "aria-hidden": "true" });
    const face = item.stimulus || item.key;
    this.face = item.options?.length ? optionName(item) : face;
    this.element = button(
      { class: "cell", tabindex: "-1", onclick: () => this.touched() },
      element("span", { class: "number", "aria-hidden": "true" }, String(number)),
      element("span", { class: "face", lang: "en", title: this.face }, this.face),
      this.sign,
    );
  }

  /** A finger marks wrong, and clears again; options are keyed. */
  touched() {
    this.grid.focus(this.grid.cells.indexOf(this));
    if (this.item.options?.length) return;
    this.grid.acts.key(this.block.id, this.index, this.key ? "" : "x");
  }

  update(key, last) {
    this.key = key;
    const state = last !== null && this.index >= last ? "beyond" : readingOf(this.item, key);
    this.element.dataset.state = state;
    this.element.dataset.last = String(last !== null && last < this.block.items.length && this.index === last - 1);
    this.sign.textContent = /^[1-9]$/.test(key) ? key : (SIGNS[key] ?? "");
    const { texts } = this.grid;
    const mark = key ? `${texts.get(`state_${state}`)} (${this.sign.textContent})` : texts.get(`state_${state}`);
    this.element.setAttribute("aria-label", texts.get("cell_label", { number: this.number, item: this.face, mark }));
  }
}

/** The right answer with its place, as on the teacher's sheet. */
function optionName(item) {
  const place = item.options.findIndex((option) => option.value === item.key);
  return `${place + 1} ${item.options[place].name || item.key}`;
}
