// Keying in marking sheets: a class in list order, one sheet after the other. Each key is on the device before it is
// on screen; a sheet goes to the server when it is complete and its total agrees.

import { call, Failure, post } from "/play/static/api.js";
import { button, element, show } from "/play/static/dom.js";
import { openStore, Taken } from "/play/static/store.js";
import { TabGuard } from "/play/static/tabs.js";
import { Texts } from "/play/static/texts.js";
import { EntryScreen } from "./screen.js";
import { SheetSender } from "./sending.js";
import { fold, isCorrection, keyed, lacking, undoable } from "./sheet.js";

const page = JSON.parse(document.getElementById("page-data").textContent);
const root = document.getElementById("paper");
const KEPT = `paper-class/${page.code}/${page.class}/${page.date}`;

/** Whether a sheet with this status can still be keyed. */
const isOpen = (status) => ["none", "begun", "refused"].includes(status);

/** The sheet of one pupil: what was keyed so far, and how it stands. */
class Sheet {
  constructor(row, steps) {
    Object.assign(this, { row, steps });
  }

  get key() {
    return `paper/${this.row.attempt_id}`;
  }

  /** "none", "begun", "waiting", "refused", "done" or "open". */
  status(plan) {
    const sheet = fold(plan, this.steps);
    if (this.row.entered !== "none" && !isCorrection(this.steps)) return this.row.entered;
    if (sheet.done) return "waiting";
    if (sheet.refused) return "refused";
    return this.steps.length ? "begun" : "none";
  }
}

class Entry {
  constructor() {
    this.texts = new Texts(page.texts, page.language);
    this.at = 0;
    this.queue = Promise.resolve();
  }

  async start() {
    this.store = await openStore();
    this.tabs = new TabGuard(KEPT, () => this.tell("other_tab"));
    if (!(await this.tabs.claim())) this.tabs.takeOver();
    try {
      await this.load();
    } catch (failure) {
      this.tell(null, failure instanceof Failure && failure.text ? failure.text : this.texts.get("load_class_failed"));
      return;
    }
    this.sheets = await Promise.all(this.rows.map(async (row) => {
      const sheet = new Sheet(row, []);
      sheet.steps = (await this.store.load(sheet.key)).events;
      return sheet;
    }));
    this.sender = new SheetSender({
      code: page.code,
      givenOn: page.date,
      changed: () => this.screen?.updateList(),
      arrived: (row, attempt) => this.arrived(row, attempt),
      refused: (row, text) => this.perform(this.sheetOf(row), { kind: "refused", data: { text } }),
    });
    if (this.sheets.length === 0) {
      this.tell("no_pupils");
      return;
    }
    window.addEventListener("beforeunload", (e) => this.sender.unsent > 0 && e.preventDefault());
    this.at = Math.max(0, this.sheets.findIndex((sheet) => isOpen(sheet.status(this.plan))));
    this.screen = new EntryScreen(this);
    show(root, this.screen.element);
    this.screen.open();
    for (const sheet of this.sheets) if (sheet.status(this.plan) === "waiting") this.send(sheet);
  }

  /** From the server; without it, as it was when this device last had it. */
  async load() {
    const query = new URLSearchParams({ class: page.class, date: page.date });
    try {
      const { plan, rows, simulated } = await call(`/api/v1/paper/${page.code}?${query}`);
      await this.store.replace(KEPT, { plan, rows, simulated }, [], -1);
      Object.assign(this, { plan, rows, simulated });
    } catch (failure) {
      const { sitting } = await this.store.load(KEPT);
      if (!sitting || !(failure instanceof Failure) || !(failure.passing || failure.status === 401)) throw failure;
      Object.assign(this, sitting);
    }
  }

  get page() {
    return page;
  }

  get current() {
    return this.sheets[this.at];
  }

  get sheet() {
    return fold(this.plan, this.current.steps);
  }

  sheetOf(row) {
    return this.sheets.find((sheet) => sheet.row === row);
  }

  /** Keys wait for each other; the screen changes only when the device has stored the step. */
  act(kind, data = {}) {
    const sheet = this.current;
    if (!isOpen(sheet.status(this.plan))) return this.queue;
    this.queue = this.queue.then(() => this.perform(sheet, { kind, data })).catch((fault) => this.lost(fault));
    return this.queue;
  }

  async perform(sheet, { kind, data }) {
    const step = { seq: sheet.steps.length + 1, kind, data, at: new Date().toISOString() };
    await this.store.append(sheet.key, step);
    sheet.steps.push(step);
    this.screen.update();
  }

  undo() {
    if (undoable(this.current.steps)) this.act("undo");
  }

  /** Stores a complete sheet and opens the next one; else shows what it lacks. */
  async finish() {
    await this.queue;
    const [lack] = lacking(this.plan, this.sheet);
    if (lack) {
      this.screen.showLack(lack);
      return;
    }
    const sheet = this.current;
    await this.act("done");
    this.send(sheet);
    this.openNext();
  }

  send(sheet) {
    const replaces = isCorrection(sheet.steps) ? sheet.row.attempt_id : "";
    this.sender.add(sheet.row, keyed(this.plan, fold(this.plan, sheet.steps)), replaces);
  }

  async arrived(row, attempt) {
    await this.forget(this.sheetOf(row));
    Object.assign(row, { entered: "done", attempt_id: attempt });
    this.screen.update();
  }

  async forget(sheet) {
    await this.store.remove(sheet.key);
    sheet.steps = [];
  }

  /** The stored sheet to be put right: as it was keyed in, on this device until it is stored anew. */
  async correct() {
    const sheet = this.current;
    await this.ask(async () => {
      const { blocks } = await call(`/api/v1/paper/${page.code}/sheets/${sheet.row.attempt_id}`);
      await this.perform(sheet, { kind: "correct", data: { blocks } });
    });
  }

  /** The stored sheet stays as it was. */
  async leaveAsItWas() {
    await this.queue;
    await this.forget(this.current);
    this.screen.open();
  }

  /** Takes a stored sheet back; what was corrected is then as it was before. */
  async withdraw() {
    const { row } = this.current;
    await this.ask(async () => Object.assign(row, await post(`/api/v1/paper/${page.code}/sheets/${row.attempt_id}/withdraw`, {})));
  }

  /** Something that needs the server at once. */
  async ask(what) {
    try {
      await what();
      this.screen.open();
    } catch (failure) {
      if (!(failure instanceof Failure)) throw failure;
      this.screen.say(failure.text || this.texts.get("load_class_failed"));
    }
  }

  openNext() {
    const open = (sheet) => isOpen(sheet.status(this.plan));
    const after = this.sheets.findIndex((sheet, i) => i > this.at && open(sheet));
    const next = after >= 0 ? after : this.sheets.findIndex(open);
    this.open(next >= 0 ? next : this.at);
  }

  open(index) {
    this.at = Math.min(Math.max(index, 0), this.sheets.length - 1);
    this.screen.open();
  }

  lost(fault) {
    console.error(fault);
    this.tell(fault instanceof Taken ? "other_tab" : "storage_failed");
  }

  tell(key, words = "") {
    const again = button({ class: "primary", onclick: () => window.location.reload() }, this.texts.get("load_again"));
    const back = element("a", { class: "button quiet", href: "/paper" }, this.texts.get("back"));
    const told = element("p", { role: "alert" }, key ? this.texts.get(key) : words);
    show(root, element("main", { class: "told" }, told, again, back));
  }
}

new Entry().start();
