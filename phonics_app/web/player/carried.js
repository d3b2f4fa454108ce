// Parts that were scanned, kept in this browser until all of a test are there: each scan opens a page of its own.

import { partOf, together } from "./carrying.js";

const PREFIX = "phonics-carried/";
const KEPT_DAYS = 30;
const DAY_MS = 24 * 3600 * 1000;

/** Storage that may be missing: then the parts of one page alone are kept, and a test of one code still gets through. */
function storage() {
  try {
    localStorage.setItem(`${PREFIX}try`, "1");
    localStorage.removeItem(`${PREFIX}try`);
    return localStorage;
  } catch {
    const kept = new Map();
    return {
      getItem: (key) => kept.get(key) ?? null,
      setItem: (key, value) => kept.set(key, value),
      removeItem: (key) => kept.delete(key),
      keys: () => [...kept.keys()],
    };
  }
}

export class Carried {
  constructor() {
    this.storage = storage();
    this.forgetOld();
  }

  keys() {
    const all = this.storage.keys ? this.storage.keys() : Object.keys(this.storage);
    return all.filter((key) => key.startsWith(PREFIX));
  }

  /** Takes the part of a fragment in, however often it comes; false where it is none. */
  take(fragment) {
    const part = partOf(fragment);
    if (!part) return false;
    this.storage.setItem(`${PREFIX}${part.set}/${part.number}`, part.data);
    this.storage.setItem(`${PREFIX}${part.set}/at`, String(Date.now()));
    this.storage.removeItem(`${PREFIX}${part.set}/done`);
    return true;
  }

  /** `{set, count, missing}` of every test of which parts are here to be handed over, the one scanned last first. */
  sets() {
    return this.all().filter(({ set }) => this.storage.getItem(`${PREFIX}${set}/done`) === null);
  }

  all() {
    const names = [...new Set(this.keys().map((key) => key.slice(PREFIX.length).split("/")[0]))];
    const read = (set) => {
      const count = Number(set.split(".")[2]);
      const numbers = Array.from({ length: count }, (_, i) => i + 1);
      return { set, count, missing: numbers.filter((n) => this.data(set, n) === null), at: this.at(set) };
    };
    return names.map(read).sort((a, b) => b.at - a.at);
  }

  data(set, number) {
    return this.storage.getItem(`${PREFIX}${set}/${number}`);
  }

  at(set) {
    return Number(this.storage.getItem(`${PREFIX}${set}/at`) ?? 0);
  }

  /** The test, where all parts are there; null where they don't fit together. */
  test({ set, count }) {
    return together(set, Array.from({ length: count }, (_, i) => this.data(set, i + 1)));
  }

  /** It has arrived. Its parts stay for a while: scanned again, they are handed over again, and nothing changes. */
  done(set) {
    this.storage.setItem(`${PREFIX}${set}/done`, "1");
  }

  forget(set) {
    for (const key of this.keys()) if (key.startsWith(`${PREFIX}${set}/`)) this.storage.removeItem(key);
  }

  forgetOld() {
    const waiting = new Set(this.sets().map(({ set }) => set));
    const old = ({ set, at }) => Math.abs(Date.now() - at) > (waiting.has(set) ? KEPT_DAYS : 1) * DAY_MS;
    for (const found of this.all().filter(old)) this.forget(found.set);
  }
}
