// What is on screen: the class in list order, the sheet of one pupil, the numbers below it, the keys.

import { connectionChip } from "/play/static/connection.js";
import { button, element, show } from "/play/static/dom.js";
import { startOn } from "./giving.js";
import { SheetGrid } from "./grid.js";
import { isCorrection, isTimed, total, undoable } from "./sheet.js";

const SIGNS = { none: "", begun: "…", waiting: "↑", done: "✓", open: "!", refused: "!" };
const nameOf = ({ prefix, first_name: first, last_name: last }) => `${prefix}${first} ${last}`.trim();

export class EntryScreen {
  constructor(entry) {
    this.entry = entry;
    this.grid = new SheetGrid({ plan: entry.plan, texts: entry.texts, acts: this.acts() });
    this.list = element("ol", { class: "pupils" });
    this.head = element("div", { class: "head" });
    this.fields = element("div", { class: "fields" });
    this.notice = element("p", { class: "notice", role: "alert", hidden: true });
    this.help = this.keys();
    this.body = element("div", { class: "body" }, this.head, this.grid.element, this.notice, this.fields, this.help);
    this.bar = element("header", { class: "bar" });
    this.element = element(
      "div",
      { class: "entry", onkeydown: (e) => this.pressed(e) },
      this.bar,
      element("div", { class: "two" }, element("nav", { "aria-label": entry.texts.get("pupils") }, this.list), element("main", {}, this.body)),
    );
  }

  acts() {
    const { entry } = this;
    return {
      key: (block, index, key) => entry.act("key", { block, index, key }),
      last: (block, last) => entry.act("last", { block, last }),
      leave: () => this.fields.querySelector("input")?.select(),
    };
  }

  pressed(e) {
    if ((e.ctrlKey || e.metaKey) && e.code === "KeyZ") this.entry.undo();
    else if (e.key === "PageDown" || e.key === "PageUp") this.entry.open(this.entry.at + (e.key === "PageDown" ? 1 : -1));
    else return;
    e.preventDefault();
  }

  /** Another pupil's sheet. */
  open() {
    this.buildFields();
    this.notice.hidden = true;
    this.update();
    if (this.isOpen) this.grid.focus(0);
    this.list.querySelector('[aria-current="true"]')?.scrollIntoView({ block: "nearest" });
    window.scrollTo(0, 0);
  }

  get status() {
    return this.entry.current.status(this.entry.plan);
  }

  get isOpen() {
    return ["none", "begun", "refused"].includes(this.status);
  }

  update() {
    const { entry } = this;
    this.updateList();
    show(this.head, ...this.headParts());
    this.grid.update(entry.sheet);
    this.body.classList.toggle("closed", !this.isOpen);
    this.grid.lock(!this.isOpen);
    // What the server has is not on this device: an empty sheet would look as if all were right.
    const away = ["done", "open"].includes(this.status);
    for (const part of [this.grid.element, this.fields, this.help]) part.hidden = away;
    this.updateFields();
  }

  headParts() {
    const { texts, current, sheet } = this.entry;
    const { pupil } = current.row;
    const correcting = isCorrection(current.steps);
    const words = { done: "is_entered", waiting: "is_waiting", open: "is_begun" }[this.status] ?? (correcting && "is_corrected");
    return [
      element("h1", {}, element("span", { class: "no" }, texts.get("number", { number: pupil.number })), " ", nameOf(pupil)),
      this.isOpen && button({ class: "plain", id: "undo", onclick: () => this.entry.undo(), disabled: !undoable(current.steps) }, texts.get("undo")),
      this.status === "none" && button({ class: "plain", id: "on-screen", onclick: () => startOn(this.entry) }, texts.get("give_on_screen")),
      this.status === "done" && button({ class: "plain", id: "correct", onclick: () => this.entry.correct() }, texts.get("correct")),
      this.status === "done" && button({ class: "plain", id: "withdraw", onclick: () => this.askToWithdraw() }, texts.get("withdraw")),
      this.isOpen && correcting && button({ class: "plain", id: "leave", onclick: () => this.entry.leaveAsItWas() }, texts.get("leave_as_it_was")),
      ["done", "open"].includes(this.status) && element("a", { class: "button plain", href: `/result?attempt=${current.row.attempt_id}` }, texts.get("see_result")),
      words && element("p", { class: "notice good" }, texts.get(words)),
      this.status === "refused" && element("p", { class: "notice bad", role: "alert" }, texts.get("is_refused", { why: sheet.refused })),
    ].filter(Boolean);
  }

  /** Takes back only after it was said what that does; nothing is lost by it. */
  askToWithdraw() {
    const { texts } = this.entry;
    const sure = button({ class: "secondary", id: "withdraw-sure", onclick: () => this.entry.withdraw() }, texts.get("withdraw_sure"));
    const no = button({ class: "plain", onclick: () => (this.notice.hidden = true) }, texts.get("withdraw_not"));
    show(this.notice, texts.get("withdraw_question"), sure, no);
    this.notice.hidden = false;
    sure.focus();
  }

  say(words) {
    show(this.notice, words);
    this.notice.hidden = false;
  }

  updateList() {
    const { entry } = this;
    const { texts, page, plan } = entry;
    const statuses = entry.sheets.map((sheet) => sheet.status(plan));
    const done = statuses.filter((status) => status === "done" || status === "waiting").length;
    show(
      this.bar,
      element("a", { class: "back", href: "/paper" }, "‹ ", texts.get("back")),
      element("p", { class: "what" }, `${page.class_name[texts.language]} · ${this.formName()} · ${this.day()}`),
      entry.simulated && element("p", { class: "simulated" }, texts.get("simulated")),
      element("p", { class: "progress", id: "progress", role: "status" }, texts.get(done === statuses.length ? "all_done" : "progress", { done, all: statuses.length })),
      connectionChip(texts, entry.sender),
      button({ class: "language", lang: texts.other, onclick: () => this.switchLanguage() }, texts.get("other_language")),
    );
    show(this.list, ...entry.sheets.map((sheet, i) => this.listed(sheet.row.pupil, statuses[i], i)));
  }

  listed(pupil, status, index) {
    const { texts, at } = this.entry;
    const label = `${texts.get("number", { number: pupil.number })} ${nameOf(pupil)}: ${texts.get(`status_${status}`)}`;
    const sign = element("span", { class: "sign", "aria-hidden": "true" }, SIGNS[status]);
    const name = element("span", { class: "name" }, `${pupil.first_name} ${pupil.last_name}`);
    const attributes = { class: `pupil ${status}`, "aria-label": label, "aria-current": index === at ? "true" : null };
    return element("li", {}, button({ ...attributes, onclick: () => this.entry.open(index) }, element("span", { class: "no" }, pupil.number), name, sign));
  }

  formName() {
    const { texts, plan } = this.entry;
    return texts.get("form", { name: texts.content(plan.form.name), letter: plan.form.letter, code: plan.form.code });
  }

  day() {
    const { texts, page } = this.entry;
    const locale = texts.language === "th" ? "th-TH-u-ca-buddhist" : "en-GB-u-ca-buddhist";
    return new Intl.DateTimeFormat(locale, { dateStyle: "long", timeZone: "UTC" }).format(new Date(`${page.date}T00:00:00Z`));
  }

  switchLanguage() {
    this.entry.texts.toggle();
    const fresh = new EntryScreen(this.entry);
    this.element.replaceWith(fresh.element);
    this.entry.screen = fresh;
    fresh.open();
  }

  // ---- numbers --------------------------------------------------------------------------------------------------

  buildFields() {
    const { texts, plan } = this.entry;
    this.inputs = [];
    for (const block of plan.blocks.filter((one) => one.seconds > 0)) {
      this.input(`last ${block.id}`, "last_item", (value) => this.typedLast(block, value));
      this.input(`seconds ${block.id}`, "seconds_left", (value) => this.entry.act("seconds", { block: block.id, value }));
    }
    this.input("total", isTimed(plan) ? "total_wrong" : "total_right", (value) => this.entry.act("total", { value }));
    this.finish = button({ class: "primary", id: "finish", onclick: () => this.entry.finish() }, texts.get("next_pupil"));
    show(this.fields, ...this.inputs.map(({ label }) => label), this.finish);
  }

  typedLast(block, value) {
    const last = value === "" ? null : Math.min(Number(value), block.items.length);
    return this.entry.act("last", { block: block.id, last });
  }

  input(name, text, typed) {
    const field = element("input", { inputmode: "numeric", autocomplete: "off", maxlength: "3", size: "4", "data-field": name });
    field.addEventListener("input", () => {
      field.value = field.value.replace(/\D/g, "");
      this.note(one, typed(field.value));
    });
    field.addEventListener("keydown", (e) => this.inField(e, name));
    const label = element("label", {}, element("span", {}, this.entry.texts.get(text)), field);
    const one = { name, field, label, waiting: 0 };
    this.inputs.push(one);
  }

  /** Digits may be typed faster than the device writes them: until it has, the field shows what was typed. */
  async note(one, written) {
    one.waiting += 1;
    await written;
    one.waiting -= 1;
    this.updateFields();
  }

  /** Enter: the next number, after the last one the next pupil. Arrow up: back to the items. */
  inField(e, name) {
    const at = this.inputs.findIndex((one) => one.name === name);
    if (e.key === "Enter") {
      e.preventDefault();
      if (at + 1 < this.inputs.length) this.inputs[at + 1].field.select();
      else this.entry.finish();
    } else if (e.key === "ArrowUp") {
      e.preventDefault();
      this.grid.focus();
    }
  }

  updateFields() {
    const { sheet, plan } = this.entry;
    for (const { name, field, waiting } of this.inputs) {
      const [kind, block] = name.split(" ");
      const known = { last: () => sheet.blocks[block].last ?? "", seconds: () => sheet.blocks[block].seconds, total: () => sheet.total }[kind]();
      if (!waiting && field.value !== String(known)) field.value = known;
      field.disabled = !this.isOpen;
    }
    this.finish.disabled = !this.isOpen;
    if (sheet.agreed || Number(sheet.total) === total(plan, sheet)) this.notice.hidden = true;
  }

  /** What the sheet lacks, and the keyboard at the place where it lacks. */
  showLack(lack) {
    const { texts, plan, sheet } = this.entry;
    const before = plan.blocks.slice(0, plan.blocks.findIndex((block) => block.id === lack.block)).reduce((n, block) => n + block.items.length, 0);
    const values = { number: before + (lack.index ?? 0) + 1, most: lack.most, typed: sheet.total, keyed: total(plan, sheet) };
    const agree = lack.kind === "differs" && button({ class: "secondary", id: "agree", onclick: () => this.agree() }, texts.get("agree", values));
    show(this.notice, texts.get(`lack_${lack.kind}`, values), agree);
    this.notice.hidden = false;
    if (lack.index !== undefined) this.grid.focusItem(lack.block, lack.index);
    else this.inputs.find(({ name }) => name === { last: `last ${lack.block}`, seconds: `seconds ${lack.block}` }[lack.kind] || name === "total").field.select();
  }

  async agree() {
    await this.entry.act("agreed");
    this.entry.finish();
  }

  keys() {
    const { texts, plan } = this.entry;
    const choice = plan.items.some((item) => item.options?.length);
    const marks = plan.items.some((item) => !item.options?.length);
    const told = ["keys_move", marks && "keys_marks", choice && "keys_options", "keys_last"].filter(Boolean);
    return element("aside", { class: "keys" }, element("h2", {}, texts.get("keys_title")), ...told.map((key) => element("p", {}, texts.get(key))));
  }
}
