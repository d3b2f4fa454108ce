// The player: loads the attempt, then shows the screen that the state of the test asks for.

import { postEvents } from "./api.js";
import { BlockScreen, keyOf } from "./block_screen.js";
import { connectionChip } from "./connection.js";
import { button, element, show } from "./dom.js";
import { saveAsFile } from "./download.js";
import { completeScreen, messageScreen, sendingScreen } from "./end_screens.js";
import { current } from "./engine.js";
import { loadAttempt, tidy } from "./loading.js";
import * as marking from "./marking.js";
import { Outbox } from "./outbox.js";
import { Session } from "./session.js";
import { askStop } from "./stop_dialog.js";
import { openStore, Taken } from "./store.js";
import { TabGuard } from "./tabs.js";
import { Texts } from "./texts.js";

// A new block's button is not armed at once: the second touch of a double tap must not end it.
const ARMING_MS = 500;

const page = JSON.parse(document.getElementById("page-data").textContent);
const root = document.getElementById("player");

class Player {
  constructor() {
    this.texts = new Texts(page.texts, page.language);
    this.mode = false;
    this.answers = false;
    this.armed = true;
    this.shownBlock = null;
    this.actions = this.makeActions();
  }

  async start() {
    this.store = await openStore();
    this.tabs = new TabGuard(page.attempt_id, () => this.tell("taken_title", ["taken"], this.reloadButton("continue_here")));
    if (await this.tabs.claim()) await this.load();
    else this.askTakeOver();
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
      this.showOther(this.loadFailed(failure.text));
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
    this.outbox.poke();
    tidy(attemptId, this.store).catch(() => {});
  }

  makeActions() {
    const act = (decide) => () => this.session.act(decide);
    return {
      tap: (item, long) => this.tap(item, long),
      undo: act(marking.undo),
      back: act(marking.goBack),
      finish: act(marking.finishBlock),
      undoAutoStop: act(marking.undoAutoStop),
      finishTest: act(marking.finishTest),
      stop: () => this.stop(),
      save: () => saveAsFile(this.session),
      again: () => this.outbox.again(),
      mode: () => this.redraw(() => (this.mode = !this.mode)),
      answers: () => this.redraw(() => (this.answers = !this.answers)),
      language: () => this.redraw(() => this.texts.toggle()),
    };
  }

  /** The mode holds for one touch: left on by mistake, it would turn wrong answers into right ones. */
  tap(item, long) {
    const selfCorrected = long || this.mode;
    this.mode = false;
    this.session.act((state) => marking.tap(state, item, selfCorrected));
  }

  get view() {
    const { texts, session, outbox, mode, answers, armed } = this;
    return { texts, session, outbox, mode, answers, armed };
  }

  async stop() {
    const answer = await askStop(this.view);
    if (!answer) return;
    const decide = answer.end === "test" ? marking.stopTest : marking.endBlock;
    this.session.act((state) => decide(state, answer.last));
  }

  redraw(change) {
    change();
    this.draw();
  }

  draw() {
    if (!this.tabs.holding) return;
    const { state } = this.session;
    const focused = document.activeElement?.id || document.activeElement?.dataset?.item;
    if (state.ended) this.drawEnd();
    else if (current(state)) this.drawBlock(current(state).block.id);
    else this.showOther(completeScreen(this.view, this.actions));
    this.refocus(focused);
  }

  drawBlock(blockId) {
    if (blockId !== this.shownBlock) {
      this.shownBlock = blockId;
      this.mode = false;
      this.armed = false;
      setTimeout(() => this.redraw(() => (this.armed = true)), ARMING_MS);
      window.scrollTo(0, 0);
    }
    if (this.screen?.key === keyOf(this.view)) {
      this.screen.update(this.view);
    } else {
      this.screen = new BlockScreen(this.view, this.actions);
      show(root, this.screen.element);
    }
  }

  /** A screen without a block; the block's own is built anew when it comes back. */
  showOther(screen) {
    this.screen = null;
    this.shownBlock = null;
    show(root, screen);
  }

  drawEnd() {
    if (this.outbox.unsent > 0) this.showOther(sendingScreen(this.view, this.actions));
    else this.leave();
  }

  /** The keyboard's place survives the redrawing. */
  refocus(focused) {
    if (!focused) return;
    const again = document.getElementById(focused) ?? document.querySelector(`[data-item="${CSS.escape(focused)}"]`);
    again?.focus({ preventScroll: true });
  }

  sendingChanged() {
    if (!this.session || !this.tabs.holding) return;
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
    await this.store.remove(page.attempt_id).catch(() => {});
    window.location.assign(`/result?attempt=${page.attempt_id}`);
  }

  warnBeforeClosing(e) {
    if (this.session.state.ended && this.outbox.unsent > 0 && this.tabs.holding) e.preventDefault();
  }

  /** The device could not store an event: the test must not go on as if it had. */
  lost(fault) {
    console.error(fault);
    const key = fault instanceof Taken ? "taken" : "storage_failed";
    this.tell(`${key}_title`, [key], this.reloadButton("load_again"));
  }

  tell(title, words, ...buttons) {
    this.showOther(messageScreen(this.texts, title, words.map((word) => this.texts.get(word)), ...buttons));
  }

  reloadButton(key) {
    return button({ class: "primary", onclick: () => window.location.reload(), id: "reload" }, this.texts.get(key));
  }
}

new Player().start();
