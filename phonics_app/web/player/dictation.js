// Spelling: the teacher says each word and keys what the pupil wrote. Nothing is right that was not entered.

import { button, element } from "./dom.js";
import { soundsOf, soundsSpelled } from "./spelling.js";

const SIGNS = { none: "", incorrect: "✕", self_corrected: "↺" };
const LONGEST_SAID = 80;

/** Whether what was written is the word, or another spelling that counts. */
export function isRightSpelling(item, written) {
  const plain = (text) => text.trim().toLowerCase();
  return [item.key, ...item.accepted].some((answer) => plain(answer) === plain(written));
}

/** `on.entered(item, remark)` hears what was written, `on.asked(item)` the wish to say more. */
export class DictationList {
  constructor({ block, items, texts, on }) {
    this.rows = block.items.map((id, i) => new Row(items.get(id), i + 1, texts, on, (row) => this.after(row)));
    this.element = element(
      "div",
      { class: "list dictation", role: "group", "aria-label": texts.get("items") },
      ...this.rows.map((row) => row.element),
    );
  }

  get complete() {
    return this.rows.every((row) => row.entered);
  }

  /** On to the next word that has no entry. */
  after(row) {
    this.rows.slice(this.rows.indexOf(row) + 1).find((each) => !each.entered)?.field.focus();
  }

  update({ marks, remarks, disabled, entries }) {
    for (const row of this.rows) row.update(marks[row.id] ?? "none", remarks[row.id], disabled, entries?.has(row.id));
  }
}

class Row {
  constructor(item, number, texts, on, after) {
    Object.assign(this, { id: item.id, item, texts, entered: false });
    const label = texts.get("written_label", { number, item: item.key });
    this.field = element("input", {
      class: "written",
      lang: "en",
      maxlength: LONGEST_SAID,
      autocomplete: "off",
      autocapitalize: "off",
      autocorrect: "off",
      spellcheck: "false",
      "aria-label": label,
      "data-item": item.id,
      onchange: () => this.enter(on),
      onkeydown: (e) => e.key === "Enter" && (this.enter(on), after(this)),
    });
    this.sign = element("span", { class: "sign", "aria-hidden": "true" });
    this.told = element("span", { class: "unseen", role: "status" });
    this.sounds = element("span", { class: "sounds" });
    const none = button({ class: "plain", onclick: () => this.enterNothing(on) }, texts.get("error_no_answer"));
    this.none = none;
    this.element = element(
      "div",
      { class: "item row", "data-row": item.id },
      element("span", { class: "number", "aria-hidden": "true" }, String(number)),
      element("span", { class: "main", lang: "en" }, item.key),
      this.field,
      none,
      this.sign,
      this.told,
      element("p", { class: "sentence" }, texts.content(item.prompt), this.sounds),
    );
  }

  enter(on) {
    const written = this.field.value.trim();
    if (!written || written === this.last) return;
    this.last = written;
    const right = isRightSpelling(this.item, written);
    on.entered(this.id, right ? { mark: "none" } : { mark: "incorrect", error: "said_as", said: written });
  }

  /** How many of the word's sounds stand in what was written. */
  soundsIn(written) {
    const there = soundsSpelled(soundsOf(this.item), written);
    return ` · ${this.texts.get("sounds_right")} ${there.filter(Boolean).length}/${there.length}`;
  }

  enterNothing(on) {
    this.field.value = this.last = "";
    on.entered(this.id, { mark: "incorrect", error: "no_answer" });
  }

  update(mark, remark, disabled, entered) {
    this.entered = Boolean(entered);
    this.element.dataset.mark = entered && mark === "none" ? "right" : mark;
    this.field.disabled = this.none.disabled = disabled;
    this.none.setAttribute("aria-pressed", String(remark?.error === "no_answer"));
    this.sign.textContent = entered && mark === "none" ? "✓" : SIGNS[mark];
    const shown = remark?.said ?? (entered && mark === "none" ? this.item.key : "");
    if (document.activeElement !== this.field && (shown || !entered)) this.field.value = this.last = shown;
    const key = !entered ? "" : mark === "none" ? "mark_right" : `mark_${mark}`;
    this.sounds.textContent = mark === "incorrect" && remark?.said ? this.soundsIn(remark.said) : "";
    this.told.textContent = key ? this.texts.get(key) : "";
  }
}
