// The studio: which sound is next, recording it, and what becomes of the take.

import { connectionChip } from "/play/static/connection.js";
import { show } from "/play/static/dom.js";
import { Texts } from "/play/static/texts.js";
import { isPossible, Microphone } from "./microphone.js";
import { Position } from "./position.js";
import { screen } from "./screens.js";
import { getSounds, Sending } from "./sending.js";
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
    this.player = new Audio();
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
      this.fail("load", failure.text);
      return;
    }
    this.set = name;
    this.problem = null;
    history.replaceState(null, "", `/studio?set=${name}`);
    if (!isPossible()) this.fail("insecure");
    this.go(this.position.first(name, this.sounds, (sound) => this.isDone(sound)));
  }

  fail(reason, words = "") {
    this.problem = { reason, words };
    this.draw();
  }

  get sound() {
    return this.sounds?.[this.index] ?? null;
  }

  /** This person's take of a sound: not sent yet, or stored and not decided on. */
  takeOf(sound) {
    const entry = this.sending.entries.findLast((one) => one.key === sound.key && !one.keep);
    return entry ? { id: entry.id, stored: !entry.wav, wav: entry.wav, faults: [] } : sound.take && { ...sound.take, stored: true };
  }

  isWaiting(sound) {
    return this.sending.entries.some((entry) => entry.key === sound.key) || Boolean(sound.take);
  }

  isDone(sound) {
    return Boolean(sound.kept) || this.sending.entries.some((entry) => entry.key === sound.key && entry.keep);
  }

  /** Shows the sound at `index`; -1: all are done. */
  go(index) {
    this.index = index;
    this.player.pause();
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
    this.microphone = null;
    this.fail("lost");
  }

  async record() {
    this.player.pause();
    this.sound.words = null;
    this.phase = "wait";
    this.draw();
    await this.microphone.record();
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
    this.draw();
  }

  /** The server heard nothing in a take: it says so, and the sound is to be recorded again. */
  useless(entry, words) {
    const sound = this.sounds?.find((one) => one.key === entry.key);
    if (sound) sound.words = words;
    if (sound === this.sound && this.phase === "review") this.settle();
  }

  play(address) {
    this.player.pause();
    this.player = new Audio(address);
    this.player.play().catch(() => {});
  }

  listen(take) {
    if (take.stored) this.play(`/files/audio/takes/${take.id}`);
    else this.play(URL.createObjectURL(new Blob([take.wav], { type: "audio/wav" })));
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
    this.phase = "ready";
    this.draw(true);
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
    const held = document.activeElement?.id;
    const scrolled = root.querySelector(".cells")?.scrollTop ?? 0;
    show(root, screen(this));
    this.scrollCells(scrolled);
    const wanted = focus ? root.querySelector("[data-main]") : document.getElementById(held ?? "");
    wanted?.focus({ preventScroll: true });
    this.watchLevel();
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

  /** The loudness is drawn by itself: the rest of the page stays as it is. */
  watchLevel() {
    cancelAnimationFrame(this.frame);
    const meter = root.querySelector("#meter");
    if (!this.microphone || !meter) return;
    const draw = () => {
      const peak = this.microphone?.peak ?? -60;
      meter.style.setProperty("--level", String(Math.max(0, 1 + peak / 60)));
      meter.classList.toggle("loud", peak > -1);
      meter.setAttribute("aria-valuenow", String(Math.round(peak)));
      this.frame = requestAnimationFrame(draw);
    };
    draw();
  }

  warnBeforeClosing(e) {
    if (this.phase === "recording" || this.phase === "working") e.preventDefault();
  }
}

new Studio().start();
