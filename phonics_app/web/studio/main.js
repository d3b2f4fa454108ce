// The studio: which sound is next, recording it, and what becomes of the take.

import { connectionChip } from "/play/static/connection.js";
import { show } from "/play/static/dom.js";
import { Texts } from "/play/static/texts.js";
import { watchLevel } from "./meter.js";
import { isPossible, Microphone } from "./microphone.js";
import { Playback } from "./playback.js";
import { Position } from "./position.js";
import { Press } from "./press.js";
import { screen } from "./screens.js";
import { deleteRecording, getSounds, Sending } from "./sending.js";
import { openShelf } from "./shelf.js";

const LONGEST_MS = { phoneme: 6000, word: 8000, pseudo_word: 8000, sentence: 30000 };

const page = JSON.parse(document.getElementById("page-data").textContent);
const root = document.getElementById("studio");

/** 32 hexadecimal digits. */
const newId = () => [...crypto.getRandomValues(new Uint8Array(16))].map((b) => b.toString(16).padStart(2, "0")).join("");

class Studio {
  constructor() {
    this.page = page;
    this.texts = new Texts(page.texts, page.language);
    this.position = new Position(page.account);
    this.phase = "opening";
    this.playback = new Playback(() => this.draw());
    this.press = new Press(root, () => this.late && this.draw());
    window.addEventListener("beforeunload", (e) => this.warnBeforeClosing(e));
  }

  async start() {
    try {
      this.shelf = await openShelf();
    } catch {
      this.fail("storage");
      return;
    }
    this.sending = new Sending({
      shelf: this.shelf,
      entries: await this.shelf.of(page.account),
      stored: (entry, answer) => this.stored(entry, answer),
      useless: (entry, words) => this.useless(entry, words),
      changed: () => this.drawConnection(),
    });
    await this.load(page.set);
    this.sending.poke();
  }

  /** Opens a set where it was left. */
  async load(name) {
    try {
      this.sounds = (await getSounds(name)).sounds;
    } catch (failure) {
      this.wanted = name;
      this.fail("load", failure.text);
      return;
    }
    Object.assign(this, { set: name, problem: null });
    history.replaceState(null, "", `/studio?set=${name}`);
    if (!isPossible()) this.fail("insecure");
    this.go(this.position.first(name, this.sounds, (sound) => this.isDone(sound)));
  }

  fail(reason, words = "") {
    this.problem = { reason, words };
    this.draw();
  }

  /** What was wrong may be mended: without losing the page, which a browser could not load again without a server. */
  async retry() {
    const { reason } = this.problem;
    if (reason === "load") await this.load(this.wanted);
    else if (reason === "missing" || reason === "busy" || reason === "lost") await this.open(this.voice);
    else window.location.reload();
  }

  /** Back to what could be done before, where there is something. */
  dismiss() {
    this.problem = null;
    this.settle();
  }

  /** Whether one can record now: a list that could not be opened is no hindrance to this one. */
  get able() {
    return Boolean(this.microphone) && (!this.problem || this.problem.reason === "load");
  }

  get sound() {
    return this.sounds?.[this.index] ?? null;
  }

  /** This person's take of a sound: not sent yet, or stored and not decided on. */
  takeOf(sound) {
    const entry = [...this.sending.entries].reverse().find((one) => one.key === sound.key);
    if (!entry) return sound.take && { ...sound.take, stored: true };
    return entry.keep ? null : { id: entry.id, stored: !entry.wav, wav: entry.wav, faults: [] };
  }

  /** The recording in use; `waiting`: it was chosen here, and the server has yet to hear of it. */
  inUse(sound) {
    const entry = [...this.sending.entries].reverse().find((one) => one.key === sound.key && one.keep);
    if (entry) return { id: entry.id, stored: !entry.wav, wav: entry.wav, waiting: true };
    return sound.kept && { ...sound.kept, stored: true };
  }

  isWaiting(sound) {
    return this.sending.entries.some((entry) => entry.key === sound.key) || Boolean(sound.take);
  }

  isDone(sound) {
    return Boolean(sound.kept) || this.sending.entries.some((entry) => entry.key === sound.key && entry.keep);
  }

  /** Shows the sound at `index`; -1: all are done. */
  go(index) {
    Object.assign(this, { index, asked: false });
    this.playback.stop();
    if (this.problem?.reason === "load") this.problem = null;
    if (this.sound) this.position.remember(this.set, this.sound.key);
    this.settle();
  }

  /** What this sound asks for now: a decision on a take, or a take. */
  settle() {
    this.phase = this.sound && this.takeOf(this.sound) ? "review" : "ready";
    this.draw(true);
  }

  async open({ speaker, licence }) {
    this.voice = { speaker, licence, consent: true };
    this.position.rememberVoice({ speaker, licence });
    try {
      this.microphone = await Microphone.open(() => this.lose());
      this.problem = null;
    } catch (fault) {
      this.fail(fault.reason);
      return;
    }
    this.settle();
  }

  /** What was recorded up to here is kept. */
  async lose() {
    await this.stop();
    this.microphone?.close();
    this.microphone = null;
    this.settle();
    this.fail("lost");
  }

  async record() {
    this.playback.stop();
    this.asked = false;
    this.sound.words = null;
    this.phase = "wait";
    this.draw();
    await this.microphone.record();
    // It may have been unplugged meanwhile.
    if (!this.microphone) return;
    this.phase = "recording";
    this.draw(true);
    this.timer = setTimeout(() => this.stop(), LONGEST_MS[this.sound.needed.sound.kind]);
  }

  async stop() {
    if (this.phase !== "recording") return;
    clearTimeout(this.timer);
    this.phase = "working";
    this.draw();
    const { key, needed } = this.sound;
    const wav = await this.microphone.finish();
    const about = { id: newId(), number: Date.now(), account: page.account, key, sound: needed.sound, keep: false };
    try {
      await this.sending.add({ ...about, ...this.voice, wav, recorded_at: new Date().toISOString() });
    } catch {
      this.fail("storage");
      return;
    }
    this.settle();
  }

  stored(entry, answer) {
    const sound = this.sounds?.find((one) => one.key === entry.key);
    if (!sound) return;
    if (answer.kept) sound.kept = answer;
    sound.take = answer.kept ? null : answer;
    // What was found may make another take the main thing to do: the keyboard follows, unless it is elsewhere.
    this.draw(["keep", ""].includes(document.activeElement?.id) && sound === this.sound && this.phase === "review");
  }

  /** The server will never take it: it says why, and the sound is to be recorded again. */
  useless(entry, words) {
    const sound = this.sounds?.find((one) => one.key === entry.key);
    if (!sound) return;
    sound.words = words;
    if (sound.take?.id === entry.id) sound.take = null;
    if (sound === this.sound && this.phase === "review") this.again();
  }

  /** Plays a take, or ends that. */
  listen(take) {
    if (this.playback.id === take.id) {
      this.playback.stop();
      this.draw();
    } else {
      this.playback.play(take);
    }
  }

  async keep() {
    const { key, needed } = this.sound;
    const { id } = this.takeOf(this.sound);
    const known = this.sending.entry(id) ?? { id, number: Date.now(), account: page.account, key, sound: needed.sound, wav: null };
    try {
      await this.sending.add({ ...known, keep: true });
    } catch {
      this.fail("storage");
      return;
    }
    this.next();
  }

  again() {
    this.playback.stop();
    this.phase = "ready";
    this.draw(true);
  }

  /** Whether what is shown is to be deleted: asked before it is done. */
  ask(asked) {
    this.asked = asked;
    this.draw();
  }

  /** What was in use before it is played again. */
  async remove(take) {
    const { sound } = this;
    this.playback.stop();
    this.ask(false);
    try {
      sound.kept = (await deleteRecording(take.id)).kept;
      if (sound.take?.id === take.id) sound.take = null;
    } catch (failure) {
      sound.words = [failure.text || this.texts.get("not_deleted")];
    }
    this.settle();
  }

  skip() {
    this.position.skip(this.set, this.sound.key);
    this.next();
  }

  next() {
    this.go(this.position.after(this.set, this.index, this.sounds, (sound) => this.isDone(sound)));
  }

  toggleLanguage() {
    this.texts.toggle();
    this.form = null;
    this.draw();
  }

  /** `focus`: on to the main button of what is shown; else the keyboard's place survives the redrawing. */
  draw(focus = false) {
    this.late = this.press.down;
    if (this.late) return;
    const held = document.activeElement?.id;
    const scrolled = root.querySelector(".cells")?.scrollTop ?? 0;
    show(root, screen(this));
    this.scrollCells(scrolled);
    const wanted = focus ? root.querySelector("[data-main]") : document.getElementById(held ?? "");
    wanted?.focus({ preventScroll: true });
    if (this.microphone) watchLevel(root.querySelector("#meter"), this.microphone);
  }

  /** The list stays where it was, or moves so that the present sound is seen. */
  scrollCells(scrolled) {
    const cells = root.querySelector(".cells");
    const present = cells?.querySelector("[aria-current]");
    if (!present) return;
    const top = present.offsetTop - cells.offsetTop;
    const fits = top >= scrolled && top + present.offsetHeight <= scrolled + cells.clientHeight;
    cells.scrollTop = fits ? scrolled : top - cells.clientHeight / 2;
  }

  drawConnection() {
    const place = document.getElementById("connection-place");
    if (place) show(place, connectionChip(this.texts, this.sending));
  }

  warnBeforeClosing(e) {
    if (this.phase === "recording" || this.phase === "working") e.preventDefault();
  }
}

new Studio().start();
