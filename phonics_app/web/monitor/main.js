// The teacher's view of a class that takes a test by itself.

import { post } from "/play/static/api.js";
import { button, element, show } from "/play/static/dom.js";
import { Texts } from "/play/static/texts.js";
import { BoardPolling } from "./board.js";
import { ask } from "./question.js";
import { seatTable } from "./seats.js";

const page = JSON.parse(document.getElementById("page-data").textContent);
const root = document.getElementById("monitor");

class Monitor {
  constructor() {
    this.texts = new Texts(page.texts, page.language);
    this.large = false;
    this.failure = null;
    this.undone = null;
    this.board = null;
    this.told = element("p", { class: "unseen", role: "status", id: "told" });
    root.before(this.told);
    this.watchPresses();
    this.polling = new BoardPolling(page.sitting_id, {
      changed: (board) => this.redraw(() => (this.board = board)),
      failed: (failure) => this.redraw(() => (this.failure = failure)),
    });
  }

  async start() {
    await this.polling.now();
  }

  get flags() {
    return page.flags[this.texts.language];
  }

  seats(...statuses) {
    return this.board.seats.filter((seat) => statuses.includes(seat.status));
  }

  /** While a finger is down nothing is made anew: a row that is replaced under it would swallow the touch. */
  watchPresses() {
    const up = () =>
      setTimeout(() => {
        this.pressing = false;
        if (this.late) this.redraw(() => (this.late = false));
      });
    root.addEventListener("pointerdown", () => (this.pressing = true));
    for (const kind of ["pointerup", "pointercancel"]) window.addEventListener(kind, up);
  }

  redraw(change) {
    change();
    this.late = this.pressing;
    if (this.pressing) return;
    const focused = document.activeElement?.id;
    if (this.board) show(root, this.bar(), this.main());
    else if (this.failure) show(root, this.bar(), element("main", {}, this.trouble()));
    if (focused) document.getElementById(focused)?.focus({ preventScroll: true });
    if (this.board) this.tell();
  }

  /** A screen reader hears who asks and how many wait or have finished, once, and not at every look at the board. */
  tell() {
    const asking = this.asking();
    const words = [this.summary(), asking && this.texts.get("help_wanted", { names: asking })].filter(Boolean).join(" ");
    if (this.told.textContent !== words) this.told.textContent = words;
  }

  asking() {
    return this.board.seats.filter((seat) => seat.help).map((seat) => `${seat.number} ${seat.name}`).join(", ");
  }

  bar() {
    const { texts } = this;
    const language = () =>
      this.redraw(() => {
        texts.toggle();
      });
    return element(
      "header",
      { class: "bar" },
      element("a", { class: "button quiet", href: page.class_page }, texts.get("to_class")),
      page.simulated && element("p", { class: "notice simulated" }, texts.get("simulated")),
      button({ class: "language", id: "language", lang: texts.other, onclick: language }, texts.get("other_language")),
    );
  }

  main() {
    const { texts, board } = this;
    const parts = [
      element("h1", {}, texts.get("title", { group: page.title })),
      this.trouble(),
      this.notDone(),
      this.entrance(),
      element("p", { class: "summary", id: "summary" }, this.summary()),
      this.helpWanted(),
      this.actions(),
      seatTable({ texts, flags: this.flags, board, act: (action, seat) => this.act(action, seat) }),
    ];
    return element("main", { class: this.large ? "large" : null }, ...parts);
  }

  trouble() {
    if (!this.failure) return null;
    const { texts } = this;
    const out = this.failure.status === 401;
    const sign = out && element("a", { href: "/auth/sign-in", target: "_blank" }, texts.get("sign_in_again"));
    return element("p", { class: "notice bad", role: "alert", id: "trouble" }, texts.get(out ? "signed_out" : "no_connection"), " ", sign);
  }

  /** What the teacher pressed and the server did not do is never taken up again by itself: a class has moved on by then. */
  notDone() {
    if (!this.undone) return null;
    const { passing, status, text } = this.undone;
    const words = passing || status === 401 || !text ? this.texts.get("not_done") : text;
    return element("p", { class: "notice bad", role: "alert", id: "not-done" }, words);
  }

  /** The code and the QR, as large as the board at the front of a classroom needs them. */
  entrance() {
    const { texts, board } = this;
    if (!board.code) {
      const again = () => this.change({ ended: false });
      return element(
        "section",
        { class: "entrance closed", id: "entrance" },
        element("p", {}, texts.get(board.ended ? "code_ended" : "code_none")),
        button({ class: "primary", id: "reopen", onclick: again }, texts.get("reopen")),
      );
    }
    const size = () => this.redraw(() => (this.large = !this.large));
    return element(
      "section",
      { class: "entrance", id: "entrance", "aria-label": texts.get("code_title") },
      element("img", { class: "qr", src: `/sitting/${page.sitting_id}/qr.svg?${board.code}`, alt: texts.get("qr"), width: "180", height: "180" }),
      element(
        "div",
        { class: "how" },
        element("h2", {}, texts.get("code_title")),
        element("p", { class: "address", id: "address" }, page.address),
        element("p", { class: "code", id: "code" }, `${board.code.slice(0, 3)} ${board.code.slice(3)}`),
        !page.reachable && element("p", { class: "hint", id: "only-here" }, texts.get("only_here")),
        button({ class: "secondary", id: "size", onclick: size }, texts.get(this.large ? "show_small" : "show_large")),
      ),
    );
  }

  summary() {
    const count = (...statuses) => this.seats(...statuses).length;
    if (this.board.ended) {
      return this.texts.get("summary_ended", { finished: count("finished"), ended: count("ended"), absent: count("expected") });
    }
    return this.texts.get("summary", {
      going: count("admitted", "going", "paused"),
      waiting: count("waiting"),
      finished: count("finished"),
      expected: count("expected", "checking"),
    });
  }

  helpWanted() {
    const names = this.asking();
    return names && element("p", { class: "notice help", id: "help-wanted" }, "✋ ", this.texts.get("help_wanted", { names }));
  }

  actions() {
    const { texts, board } = this;
    if (board.ended) return null;
    const waiting = this.seats("waiting").length;
    const tick = element("input", { type: "checkbox", id: "admits", checked: board.admits, onchange: (e) => this.change({ admits: e.target.checked }) });
    return element(
      "div",
      { class: "actions" },
      button({ class: "primary", id: "admit-all", disabled: waiting === 0, onclick: () => this.act("admit") }, texts.get("admit_all", { n: waiting })),
      button({ class: "secondary", id: "pause-all", disabled: this.seats("admitted", "going").length === 0, onclick: () => this.act("pause") }, texts.get("pause_all")),
      button({ class: "secondary", id: "go-on-all", disabled: this.seats("paused").length === 0, onclick: () => this.act("go_on") }, texts.get("go_on_all")),
      element("label", { class: "tick" }, tick, " ", texts.get("admits")),
      button({ class: "quiet", id: "end", onclick: () => this.end() }, texts.get("end_sitting")),
    );
  }

  async end() {
    const { texts } = this;
    if (await ask(texts.get("end_question"), texts.get("yes"), texts.get("cancel"))) await this.change({ ended: true });
  }

  /** What can't be taken back is asked about first. */
  async act(action, seat = null) {
    const { texts } = this;
    if (["close", "take_back"].includes(action)) {
      const question = texts.get(`${action}_question`, { name: seat.name, number: seat.number });
      if (!(await ask(question, texts.get(`${action}_yes`), texts.get("cancel")))) return;
    }
    await this.send(`/api/v1/sittings/${page.sitting_id}/seats`, { action, numbers: seat ? [seat.number] : null });
  }

  change(wanted) {
    return this.send(`/api/v1/sittings/${page.sitting_id}`, wanted);
  }

  async send(path, data) {
    await post(path, data).then(
      () => (this.undone = null),
      (failure) => (this.undone = failure),
    );
    this.redraw(() => {});
    await this.polling.now();
  }
}

new Monitor().start();
