// The player: loads the attempt, then shows the screen that the state of the test asks for.

import { Failure, postEvents } from "./api.js";
import { BlockScreen, keyOf } from "./block_screen.js";
import { connectionChip } from "./connection.js";
import { button, element, show } from "./dom.js";
import { saveAsFile } from "./download.js";
import { barKind, UNDO_SECONDS } from "./bars.js";
import { completeScreen, messageScreen, sendingScreen } from "./end_screens.js";
import { current } from "./engine.js";
import { remarkOf } from "./error_menu.js";
import { focusedNow, focusOn } from "./focus.js";
import { loadAttempt, tidy } from "./loading.js";
import { applyLook } from "./look.js";
import * as marking from "./marking.js";
import { Outbox } from "./outbox.js";
import { keepForOffline } from "./offline.js";
import { PupilView } from "./pupil_view.js";
import { Review } from "./reviewing.js";
import { Session } from "./session.js";
import { askStop } from "./stop_dialog.js";
import { openStore, Taken } from "./store.js";
import { TabGuard } from "./tabs.js";
import { Texts } from "./texts.js";

// A new block's button is not armed at once: the second touch of a double tap must not end it.
const ARMING_MS = 500;
const TICK_MS = 100;
// When the page is long there, what may be needed without a connection is fetched.
const LATER_MS = 4000;

const page = JSON.parse(document.getElementById("page-data").textContent);
const root = document.getElementById("player");

class Player {
  constructor() {
    Object.assign(this, { page, root, texts: new Texts(page.texts, page.language) });
    this.mode = false;
    this.answers = false;
    this.armed = true;
    this.shownBlock = null;
    this.forBlock();
    this.actions = this.makeActions();
    this.review = new Review(this);
    this.pupil = new PupilView(this, page.attempt_id);
  }

  /** What belongs to the block on screen alone: how it is touched, the last item that is being named, the open menu. */
  forBlock() {
    this.mode = false;
    this.picking = true;
    this.last = null;
    this.menu = null;
    this.stopShown = null;
  }

  async start() {
    this.store = await openStore();
    this.tabs = new TabGuard(page.attempt_id, () => this.taken());
    if (!(await this.tabs.claim())) this.askTakeOver();
    else if (this.store.kind === "memory") this.warnNotKept();
    else await this.load();
  }

  /** A browser that keeps nothing: what is not sent is gone with the page. Whoever goes on knows that. */
  warnNotKept() {
    const go = button({ class: "primary", onclick: () => this.load(), id: "go-on-unkept" }, this.texts.get("not_kept_go_on"));
    this.tell("not_kept_title", ["not_kept"], go);
  }

  taken() {
    this.pupil.end(false);
    this.tell("taken_title", ["taken"], this.reloadButton("continue_here"));
  }

  askTakeOver() {
    const take = () => {
      this.tabs.takeOver();
      this.load();
    };
    this.tell("other_tab_title", ["other_tab"], button({ class: "primary", onclick: take, id: "take-over" }, this.texts.get("continue_here")));
  }

  async load() {
    let loaded;
    try {
      loaded = await loadAttempt(page.attempt_id, this.store);
    } catch (failure) {
      if (failure instanceof Failure) this.showOther(this.loadFailed(failure.text));
      else this.lost(failure);
      return;
    }
    if (loaded.agree) await this.run(loaded);
    else this.askWhichEvents(loaded);
  }

  /** What the server refuses for a reason, it refuses again; where it gave no answer, one may try again. */
  loadFailed(reason) {
    const start = element("a", { class: "button secondary", href: "/" }, this.texts.get("to_start"));
    const words = reason ? [reason] : [this.texts.get("load_failed")];
    return messageScreen(this.texts, "load_failed_title", words, start, !reason && this.reloadButton("try_again"));
  }

  /** The test went on elsewhere: the server's events count, and this device's own are offered as a file first. */
  askWhichEvents({ sitting, events, server }) {
    this.stopped = true;
    const own = { attemptId: page.attempt_id, events };
    const adopt = async () => {
      await this.store.replace(page.attempt_id, server.sitting, server.events, server.events.length);
      window.location.reload();
    };
    this.tell(
      "conflict_title",
      ["conflict"],
      button({ class: "secondary", onclick: () => saveAsFile(own) }, this.texts.get("save_file")),
      button({ class: "primary", onclick: adopt, id: "adopt" }, this.texts.get("adopt")),
    );
  }

  async run({ sitting, events, acknowledged }) {
    const attemptId = page.attempt_id;
    this.stopped = false;
    this.outbox = new Outbox({
      post: (batch) => postEvents(attemptId, batch),
      changed: () => this.sendingChanged(),
      acknowledge: (n) => this.store.acknowledge(attemptId, n),
      events,
      acknowledged,
    });
    const parts = { sitting, events, store: this.store, outbox: this.outbox };
    this.session = new Session({ ...parts, changed: () => this.draw(), lost: (fault) => this.lost(fault) });
    window.addEventListener("beforeunload", (e) => this.warnBeforeClosing(e));
    await this.session.open();
    this.pupil.begin();
    setTimeout(() => import("./carry_screen.js").catch(() => {}), LATER_MS);
    clearInterval(this.ticking);
    this.ticking = setInterval(() => this.tick(), TICK_MS);
    this.outbox.poke();
    tidy(attemptId, this.store).catch(() => {});
    keepForOffline("/play/worker.js");
  }

  makeActions() {
    const act = (decide) => () => this.session.act(decide);
    return {
      tap: (item) => this.tap(item),
      ask: (item, kind) => this.ask(item, kind),
      line: (number) => this.session.act((state) => marking.markLine(state, number)),
      entered: (item, remark) => this.session.act((state) => marking.markAs(state, item, remark)),
      chooseError: (item, remark) => this.markAs(item, remark),
      closeMenu: () => this.redraw(() => this.closeMenu()),
      undo: act(marking.undo),
      redo: act(marking.redo),
      startClock: act(marking.startClock),
      pauseClock: act(marking.pauseClock),
      resumeClock: act(marking.resumeClock),
      endReading: act(marking.endReading),
      picking: () => this.redraw(() => (this.picking = !this.picking)),
      finishAt: () => this.finishAt(this.last),
      back: act(marking.goBack),
      ...Review.actionsOf(this),
      finish: act(marking.finishBlock),
      undoAutoStop: act(marking.undoAutoStop),
      finishTest: act(marking.finishTest),
      stop: () => this.stop(),
      save: () => saveAsFile(this.session),
      carry: () => this.carry(),
      again: () => this.outbox.again(),
      mode: () => this.redraw(() => (this.mode = !this.mode)),
      answers: () => this.redraw(() => (this.answers = !this.answers)),
      language: () => this.redraw(() => this.texts.toggle()),
    };
  }

  /** The mode holds for one touch: left on by mistake, it would turn wrong answers into right ones. */
  tap(item) {
    const selfCorrected = this.mode;
    this.mode = false;
    this.menu = null;
    if (this.namesLast) this.redraw(() => (this.last = item));
    else this.session.act((state) => marking.tap(state, item, selfCorrected));
  }

  /** Whether touches name the last item just now. */
  get namesLast() {
    return Boolean(current(this.session.state)) && barKind(this.session.state, this.picking) === "last_item";
  }

  /** What was wrong with an item: at once by a key, else from the menu. */
  ask(item, kind) {
    if (!this.review.shown && this.namesLast) return;
    if (kind && kind.id !== "said_as") this.markAs(item, remarkOf(kind));
    else this.redraw(() => (this.menu = { item, asking: kind !== null }));
  }

  /** The keyboard goes back to the item that the menu was about. */
  closeMenu() {
    this.focusNext = this.menu?.item ?? null;
    this.menu = null;
  }

  markAs(item, remark) {
    this.closeMenu();
    if (this.review.shown) this.review.mark(item, remark);
    else this.session.act((state) => marking.markAs(state, item, remark));
  }

  /** At the item that is named when the button is touched. */
  finishAt(last) {
    if (last) this.session.act((state, events, now) => marking.endBlock(state, last, now));
  }

  /** Time passes: the clock's face, and the limit where it is reached. */
  tick() {
    const { state } = this.session;
    if (!this.tabs.holding || this.stopped || state.ended) return;
    const now = performance.now();
    if (this.session.waking.look() || marking.overdue(state, now).length) this.session.act(() => []);
    else if (this.screen && current(state)) this.screen.tick(this.view, now);
    this.pupil.turned?.tick(now);
  }

  /** Seconds in which an auto-stop can still be undone with one touch. */
  get undoSeconds() {
    if (this.stopShown === null) return UNDO_SECONDS;
    return Math.max(0, Math.ceil(UNDO_SECONDS - (performance.now() - this.stopShown) / 1000));
  }

  get view() {
    const { texts, session, outbox, mode, answers, armed, picking, last, menu, undoSeconds, pupil } = this;
    return { texts, session, outbox, mode, answers, armed, picking, last, menu, undoSeconds, pupil };
  }

  async stop() {
    const answer = await askStop(this.view);
    if (!answer) return;
    if (answer.end === "review") {
      this.actions.review();
      return;
    }
    const decide = answer.end === "test" ? marking.stopTest : marking.endBlock;
    this.session.act((state, events, now) => decide(state, answer.last, now));
  }

  redraw(change) {
    change();
    this.draw();
  }

  draw() {
    if (!this.tabs.holding || this.stopped) return;
    const { state } = this.session;
    const before = this.shownBlock;
    const focused = this.focusNext ?? focusedNow();
    this.focusNext = null;
    if (state.ended) this.drawEnd();
    else if (this.pupil.options) this.showOther(this.pupil.options.element);
    else if (this.review.active) this.review.draw(root);
    else if (current(state)) this.drawBlock(current(state).block.id);
    else this.showOther(completeScreen(this.view, this.actions));
    this.pupil.follow();
    const place = before === this.shownBlock ? focused : "";
    if (!this.menu && place !== null) focusOn(place, root);
  }

  drawBlock(blockId) {
    if (blockId !== this.shownBlock) {
      this.shownBlock = blockId;
      this.forBlock();
      this.armed = false;
      setTimeout(() => this.redraw(() => (this.armed = true)), ARMING_MS);
      window.scrollTo(0, 0);
    }
    this.keepLast();
    if (this.screen?.key === keyOf(this.view)) {
      this.screen.update(this.view);
    } else {
      this.screen = new BlockScreen(this.view, this.actions);
      show(root, this.screen.element);
    }
  }

  /** A mark after the item that was named as the last one: then it was not. */
  keepLast() {
    const { block, auto_stop: stopped } = current(this.session.state);
    if (this.last && block.items.indexOf(this.last) < marking.lastMarked(this.session.state)) this.last = null;
    this.stopShown = stopped ? (this.stopShown ?? performance.now()) : null;
  }

  /** A screen without a block; the block's own is built anew when it comes back. */
  showOther(screen) {
    const focused = focusedNow() ?? "";
    this.screen = null;
    this.shownBlock = null;
    show(root, screen);
    focusOn(focused, root);
  }

  /** What the server does not have, as codes. They are loaded while there is a connection, for the time without one. */
  async carry() {
    const { texts, session, outbox } = this;
    const closed = () => this.redraw(() => (this.carrying = null));
    try {
      const { CarryScreen } = await import("./carry_screen.js");
      const events = session.events.slice(outbox.acknowledged);
      const made = new CarryScreen({ texts, address: page.deliver_address, attemptId: page.attempt_id, events, closed });
      await made.ready;
      this.redraw(() => (this.carrying = made));
    } catch (fault) {
      console.error(fault);
      this.tell("unsent_title", ["qr_failed"], button({ class: "primary", onclick: closed }, texts.get("carry_close")));
    }
  }

  /** The codes stay where they are, whatever sending says meanwhile: a camera may be looking at one. */
  showCarrying() {
    if (!this.carrying.element.isConnected) this.showOther(this.carrying.element);
  }

  drawEnd() {
    if (this.outbox.unsent > 0 && this.carrying) this.showCarrying();
    else if (this.outbox.unsent > 0) this.showOther(sendingScreen(this.view, this.actions));
    else this.leave();
  }

  sendingChanged() {
    if (!this.session || !this.tabs.holding || this.stopped) return;
    if (this.outbox.state === "refused" && this.outbox.failure.code.startsWith("events.")) {
      this.compareWithServer();
      return;
    }
    if (this.session.state.ended) this.drawEnd();
    const place = document.getElementById("connection-place");
    if (place) show(place, connectionChip(this.texts, this.outbox));
  }

  /** The server holds other events than this device: another one has gone on with the test. */
  async compareWithServer() {
    if (this.comparing) return;
    this.comparing = true;
    await this.session.queue;
    await this.load();
  }

  async leave() {
    if (this.leaving) return;
    this.leaving = true;
    this.pupil.end(true);
    await this.store.remove(page.attempt_id).catch(() => {});
    window.location.assign(`/result?attempt=${page.attempt_id}`);
  }

  warnBeforeClosing(e) {
    if (this.session.state.ended && this.outbox.unsent > 0 && this.tabs.holding) e.preventDefault();
  }

  /** The device could not store an event: the test must not go on as if it had. What was stored is still sent. */
  lost(fault) {
    console.error(fault);
    this.stopped = true;
    clearInterval(this.ticking);
    const key = fault instanceof Taken ? "taken" : "storage_failed";
    const save = button({ class: "secondary", onclick: this.actions.save, id: "save-file" }, this.texts.get("save_file"));
    this.tell(`${key}_title`, [key], this.session && save, this.reloadButton("load_again"));
  }

  tell(title, words, ...buttons) {
    this.showOther(messageScreen(this.texts, title, words.map((word) => this.texts.get(word)), ...buttons));
  }

  reloadButton(key) {
    return button({ class: "primary", onclick: () => window.location.reload(), id: "reload" }, this.texts.get(key));
  }
}

applyLook();
new Player().start();
