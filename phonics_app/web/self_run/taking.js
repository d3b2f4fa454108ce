// Taking the test: what the events say comes next is on screen; each touch is kept on the device, then sent.

import { Failure } from "/play/static/api.js";
import { button, element, show } from "/play/static/dom.js";
import { saveAsFile } from "/play/static/download.js";
import { keepForOffline } from "/play/static/offline.js";
import { Outbox } from "/play/static/outbox.js";
import { mergeEvents, Taken } from "/play/static/store.js";
import { TabGuard } from "/play/static/tabs.js";
import { ItemScreen } from "./item_screen.js";
import { Record } from "./record.js";
import { ear, painted, panel, picture, screen } from "./screens.js";
import { askHelp, getTest, placeNow, postEvents } from "./server.js";
import { lookAhead, step } from "./self_test.js";
import { Sounds } from "./sounds.js";

const BEAT_MS = 8000;
const CHEERS = 3;
const AHEAD_MS = 100; // after an item has come on screen: sooner than anybody answers, later than the frame

export class Taking {
  constructor(parts) {
    Object.assign(this, parts);
    this.attempt = this.page.attempt_id;
    this.helpWanted = false;
    this.status = "going";
    this.heardOnce = false;
    this.item = null;
  }

  async start() {
    const loaded = await this.load().catch((fault) => this.lost(fault));
    if (!loaded) return;
    this.tabs = new TabGuard(this.attempt, () => this.taken());
    if (await this.tabs.claim()) await this.run(loaded);
    else {
      const take = () => {
        this.tabs.takeOver();
        window.location.reload();
      };
      this.tell("other_tab_title", [], button({ class: "primary huge", id: "take-over", onclick: take }, this.texts.get("continue_here")));
    }
  }

  /** Another window goes on with the test: from here nothing more may come into it. */
  taken() {
    this.out = true;
    this.sounds?.stop();
    this.tell("other_tab_title", [], this.reload("continue_here"));
  }

  /** The test from the server and from this device; without a network what the device has is enough. */
  async load() {
    const kept = await this.store.load(this.attempt);
    try {
      const { sitting, events: stored } = await getTest();
      return await this.merge(sitting, stored, kept);
    } catch (failure) {
      if (!(failure instanceof Failure)) throw failure;
      if (failure.passing && kept.sitting) return kept;
      if (failure.status === 401) this.tellOut(kept);
      else if (failure.passing) this.tell("no_connection", [], this.reload("load_again"));
      else this.tell("not_here", [failure.text], this.toCode());
      return null;
    }
  }

  async merge(sitting, stored, kept) {
    const { id } = sitting.attempt;
    if (id !== this.attempt) {
      this.attempt = id;
      kept = await this.store.load(id);
      history.replaceState(null, "", `/self/${id}`);
    }
    const { events, same } = mergeEvents(kept.events, stored);
    if (!same) {
      this.tellConflict(kept.events, () => this.store.replace(id, sitting, stored, stored.length));
      return null;
    }
    await this.store.replace(id, sitting, events, stored.length);
    return { sitting, events, acknowledged: stored.length };
  }

  async run({ sitting, events, acknowledged }) {
    this.sitting = sitting;
    this.outbox = new Outbox({
      post: (batch) => this.post(batch),
      changed: () => this.sendingChanged(),
      acknowledge: (n) => this.store.acknowledge(this.attempt, n),
      events,
      acknowledged,
    });
    if (this.store.kind === "memory") await this.warnNotKept();
    const lost = (fault) => this.lost(fault);
    this.record = new Record({ sitting, events, store: this.store, outbox: this.outbox, lost });
    await this.record.add(events.length ? "attempt_resumed" : "attempt_started");
    this.outbox.poke();
    this.beat();
    document.addEventListener("visibilitychange", () => document.hidden || this.ask());
    await this.fetchSounds();
    keepForOffline("/self/worker.js");
    this.draw();
  }

  /** A browser that keeps nothing: a grown-up decides whether it will do. */
  warnNotKept() {
    return new Promise((resolve) => {
      const go = button({ class: "primary huge", id: "go-on-unkept", onclick: resolve }, this.texts.get("not_kept_go_on"));
      this.tell("lost_title", [this.texts.get("not_kept")], go);
    });
  }

  async post(batch) {
    const { acknowledged, place } = await postEvents(this.attempt, batch);
    this.heed(place);
    return acknowledged;
  }

  /* ---- The sounds ---- */

  async fetchSounds() {
    this.sounds = new Sounds(this.sitting.audio);
    const bar = element("progress", { max: "1", value: "0", id: "loading" });
    const words = element("p", { role: "status" });
    this.put("loading", this.texts.get("ready_title"), picture("🎧", "large"), bar, words);
    await this.sounds.load(({ done, all, failed }) => {
      bar.max = all;
      bar.value = done;
      words.textContent = this.texts.get(failed ? "loading_failed" : "loading", { done, all });
    });
  }

  soundOf(item) {
    return this.sitting.plan.faces[item].audio;
  }

  async hear(item) {
    if (await this.sounds.play(this.soundOf(item))) await this.record.add("audio_played", { item });
  }

  /* ---- What is on screen ---- */

  get view() {
    const { page, texts } = this;
    return { page, texts };
  }

  put(name, title, ...content) {
    this.item = null;
    show(this.root, screen(this.view, name, title, ...content));
  }

  draw() {
    if (this.out || !this.tabs.holding) return;
    const due = step(this.record.state);
    if (due.kind === "over") this.drawOver();
    else if (this.status === "ended") this.drawEnded();
    else if (this.status === "paused") this.put("paused", this.texts.get("paused_title"), ...panel("⏸️", [this.texts.get("paused")]));
    else if (!this.heardOnce) this.drawHeadphones(due);
    else if (due.kind === "rest") this.drawRest();
    else if (due.kind === "finish") this.record.add("attempt_finished", { reason: due.reason }).then(() => this.draw());
    else this.drawItem(due);
  }

  /** Before the first sound, and after each opening of the page: browsers play nothing without a touch. */
  drawHeadphones(due) {
    const { texts } = this;
    const item = due.item ?? this.sitting.plan.practice[0] ?? this.sitting.plan.pool.items[0].id;
    const first = this.sitting.plan.practice[0] ?? item;
    const go = button({ class: "primary huge", id: "start", disabled: true, onclick: () => this.begin() }, picture("➜"), texts.get("ready_go"));
    const hear = async () => {
      await this.sounds.play(this.soundOf(first));
      go.disabled = false;
    };
    this.put("headphones", texts.get("ready_title"), picture("🎧", "large"), element("p", {}, texts.get("ready")), ear(texts, hear), go);
  }

  begin() {
    this.heardOnce = true;
    this.draw();
  }

  drawItem({ kind, item }) {
    if (this.item === item) return;
    const { plan } = this.sitting;
    this.questions ??= this.makeQuestions();
    this.questions.show({ item, face: plan.faces[item], practice: kind === "practice", answered: this.record.state.answered });
    if (!this.questions.element.isConnected) show(this.root, this.questions.element);
    this.item = item;
    painted().then(() => this.shown(item));
  }

  makeQuestions() {
    return new ItemScreen(this.view, {
      answer: (value) => this.record.add("item_answered", { item: this.item, value }).then(() => this.draw()),
      heard: () => this.hear(this.item),
      help: this.helpButton(),
      stop: this.stopButton(),
    });
  }

  /** The item has come on screen. */
  async shown(item) {
    if (this.item !== item) return;
    this.questions.reach();
    // Kept first, then heard: the time from here to the answer is what haste is told by.
    await this.record.add("item_shown", { item });
    this.hear(item);
    setTimeout(() => this.lookAhead(item), AHEAD_MS);
  }

  /** What may follow is reckoned and drawn beforehand, while the pupil listens. */
  lookAhead(item) {
    if (this.item !== item || this.out) return;
    const { faces } = this.sitting.plan;
    this.questions.prepare(lookAhead(this.record.state).map((next) => [next, faces[next]]));
  }

  stopButton() {
    return button({ class: "quiet", id: "stop", onclick: () => this.drawStop() }, picture("🌙"), this.texts.get("stop_today"));
  }

  helpButton() {
    const words = () => [picture(this.helpWanted ? "🙋" : "✋"), this.texts.get(this.helpWanted ? "help_asked" : "help")];
    const ask = async () => {
      this.helpWanted = !this.helpWanted;
      show(made, ...words());
      made.setAttribute("aria-pressed", String(this.helpWanted));
      await askHelp(this.helpWanted).then((place) => this.heed(place)).catch(() => {});
    };
    const made = button({ class: "quiet", id: "help", "aria-pressed": String(this.helpWanted), onclick: ask }, ...words());
    return made;
  }

  drawRest() {
    const { texts } = this;
    const cheer = texts.get(`cheer_${1 + (Math.floor(this.record.state.answered / 10) % CHEERS)}`);
    const on = () => this.record.add("rested").then(() => this.draw());
    const stop = this.stopButton();
    const words = [cheer, texts.get("rest")];
    this.put("rest", texts.get("rest_title"), ...panel("🌟", words, button({ class: "primary huge", id: "go-on", onclick: on }, picture("➜"), texts.get("go_on"))), stop);
  }

  drawStop() {
    const { texts } = this;
    this.sounds.stop();
    this.put(
      "stop",
      texts.get("stop_title"),
      ...panel(
        "🌙",
        [texts.get("stop")],
        button({ class: "no huge", id: "stop-today", onclick: () => this.drawEnded() }, picture("🌙"), texts.get("stop_today")),
        button({ class: "primary huge", id: "go-on", onclick: () => this.draw() }, picture("➜"), texts.get("go_on")),
      ),
    );
  }

  drawEnded() {
    const { texts } = this;
    const on = this.status !== "ended" && button({ class: "primary huge", id: "go-on", onclick: () => this.goOn() }, picture("➜"), texts.get("go_on"));
    this.put("ended", texts.get("ended_title"), ...panel("👋", [texts.get("ended")], on), this.sending());
  }

  drawOver() {
    const { texts } = this;
    const n = this.record.state.answered;
    this.put("done", texts.get("done_title"), ...panel("🎉", [texts.get("done", { n })]), this.sending());
    if (this.outbox.unsent === 0) this.store.remove(this.attempt).catch(() => {});
  }

  /** Where the answers are: calm while all is well. */
  sending() {
    const { texts, outbox } = this;
    const n = outbox.unsent;
    const words = n > 0 && outbox.state === "sent" ? "sending" : outbox.state;
    const chip = element("p", { class: `connection ${words}`, role: "status", id: "connection" }, texts.get(`connection_${words}`, { n }));
    const stuck = n > 0 && ["waiting", "refused", "signed_out"].includes(outbox.state);
    return element("div", { id: "sending" }, chip, stuck && element("p", {}, texts.get("sending", { n })), stuck && this.fileButton(this.record.events));
  }

  fileButton(events) {
    const save = () => saveAsFile({ attemptId: this.attempt, events });
    return button({ class: "secondary", id: "save-file", onclick: save }, this.texts.get("save_file"));
  }

  sendingChanged() {
    if (this.out || !this.record) return;
    if (this.outbox.state === "signed_out") {
      this.tellOut({ sitting: this.sitting, events: this.record.events, acknowledged: this.outbox.acknowledged });
      return;
    }
    if (this.outbox.state === "refused") {
      this.tellConflict(this.record.events);
      return;
    }
    const here = document.getElementById("sending");
    if (!here) return;
    here.replaceWith(this.sending());
    if (step(this.record.state).kind === "over" && this.outbox.unsent === 0) this.store.remove(this.attempt).catch(() => {});
  }

  /* ---- The teacher's word ---- */

  beat() {
    clearTimeout(this.beating);
    this.beating = setTimeout(() => this.ask(), BEAT_MS * (0.8 + 0.4 * Math.random()));
  }

  async ask() {
    if (this.out) return;
    try {
      if (!document.hidden) this.heed(await placeNow());
    } catch (failure) {
      if (failure.status === 401) {
        this.tellOut({ sitting: this.sitting, events: this.record.events, acknowledged: this.outbox.acknowledged });
        return;
      }
    }
    this.beat();
  }

  heed(place) {
    if (this.out) return;
    const { status } = this;
    const standing = ["paused", "ended"].includes(place.status) ? place.status : "going";
    this.status = standing;
    if (standing === status || this.sounds?.missing.length !== 0) return;
    this.sounds.stop();
    if (standing === "going") this.goOn();
    else this.draw();
  }

  /** After a pause: it was a rest, and no absence that one would wonder about. */
  goOn() {
    this.record.add("rested").then(() => this.draw());
  }

  /* ---- What went wrong ---- */

  /** The teacher has taken the number back; what the server does not have yet can be carried. */
  tellOut({ sitting, events, acknowledged }) {
    this.out = true;
    this.sounds?.stop();
    const unsent = sitting ? events.length - acknowledged : 0;
    this.tell("not_here", [], unsent > 0 && this.fileButton(events), this.toCode());
    if (sitting && unsent === 0) this.store.remove(this.attempt).catch(() => {});
  }

  /** Two devices went on with one test. `adopt()` lets go of what only this one has, once a grown-up says so. */
  tellConflict(events, adopt = null) {
    this.out = true;
    this.sounds?.stop();
    const on = () => adopt().then(() => window.location.reload(), (fault) => this.lost(fault));
    const go = adopt && button({ class: "secondary", id: "adopt", onclick: on }, this.texts.get("adopt"));
    this.tell("lost_title", [this.texts.get("conflict")], this.fileButton(events), go || this.reload("load_again"));
  }

  /** The device could not store an event: the test must not go on as if it had. */
  lost(fault) {
    console.error(fault);
    this.out = true;
    const save = this.record && this.fileButton(this.record.events);
    if (fault instanceof Taken) this.tell("other_tab_title", [], this.reload("continue_here"));
    else this.tell("lost_title", [this.texts.get("lost")], save, this.reload("load_again"));
  }

  tell(title, words, ...buttons) {
    this.put("message", this.texts.get(title), ...panel("🙋", words, ...buttons));
  }

  reload(key) {
    return button({ class: "primary huge", id: "reload", onclick: () => window.location.reload() }, this.texts.get(key));
  }

  toCode() {
    return element("a", { class: "button primary huge", href: "/join", id: "to-code" }, this.texts.get("to_code"));
  }
}
