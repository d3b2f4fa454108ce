// The sounds of a test: fetched before it begins and kept on this device, so that no network is needed to hear them.

import { done } from "/play/static/done.js";

const DATABASE = "phonics-sounds";
const AT_ONCE = 4;
const AGAIN_MS = 3000;

async function openDatabase() {
  const request = indexedDB.open(DATABASE, 1);
  request.onupgradeneeded = () => request.result.createObjectStore("sounds");
  return done(request);
}

/** Sounds by their key; `digests`: key → number of the content, "" where it is not known beforehand. */
export class Sounds {
  constructor(digests) {
    this.digests = digests;
    this.audio = new Map();
    this.playing = null;
  }

  get missing() {
    return Object.keys(this.digests).filter((key) => !this.audio.has(key));
  }

  get total() {
    return Object.keys(this.digests).length;
  }

  /** Resolves when every sound is here; `changed({done, all, failed})` after each. Tries again by itself. */
  async load(changed) {
    this.database = await openDatabase().catch(() => null);
    await this.loadKept();
    let failed = false;
    while (this.missing.length > 0) {
      changed({ done: this.total - this.missing.length, all: this.total, failed });
      failed = !(await this.fetchMissing(() => changed({ done: this.total - this.missing.length, all: this.total, failed })));
      if (failed) await new Promise((resolve) => setTimeout(resolve, AGAIN_MS));
    }
    changed({ done: this.total, all: this.total, failed: false });
  }

  async loadKept() {
    if (!this.database) return;
    const store = this.database.transaction("sounds").objectStore("sounds");
    await Promise.all(
      Object.entries(this.digests).map(async ([key, digest]) => {
        const kept = await done(store.get(`${key}/${digest}`)).catch(() => undefined);
        if (kept) this.keep(key, kept);
      }),
    );
  }

  /** One round over what is missing, a few at a time; false where something could not be had. */
  async fetchMissing(changed) {
    const queue = this.missing;
    let whole = true;
    const work = async () => {
      for (let key; (key = queue.shift()) !== undefined; ) {
        if (await this.fetchOne(key)) changed();
        else whole = false;
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, work));
    return whole;
  }

  async fetchOne(key) {
    const digest = this.digests[key];
    try {
      const answer = await fetch(`/self/audio/${key}${digest ? `?v=${digest}` : ""}`);
      if (!answer.ok) return false;
      const bytes = await answer.arrayBuffer();
      this.keep(key, bytes);
      const store = this.database?.transaction("sounds", "readwrite").objectStore("sounds");
      if (store) await done(store.put(bytes, `${key}/${digest}`)).catch(() => {});
      return true;
    } catch {
      return false;
    }
  }

  keep(key, bytes) {
    this.audio.set(key, URL.createObjectURL(new Blob([bytes], { type: "audio/mpeg" })));
  }

  /** Plays a sound from its beginning; resolves to whether it could. A browser may want a touch first. */
  async play(key) {
    this.playing?.pause();
    this.playing = new Audio(this.audio.get(key));
    try {
      await this.playing.play();
      return true;
    } catch {
      return false;
    }
  }

  stop() {
    this.playing?.pause();
  }
}
