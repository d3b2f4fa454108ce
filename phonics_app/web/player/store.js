// What the device keeps of an attempt: the sitting, every event, and how far the server has them.
// IndexedDB; localStorage where a browser refuses it; else the memory of this page, which is said on screen.

import { done } from "./done.js";

const DATABASE = "phonics-player";
const STORES = ["attempts", "progress", "events"];
const PREFIX = "phonics-player/";

/** The number is taken: another tab has written to this attempt. */
export class Taken extends Error {}

/** Opens the best storage that works here. `kind`: "database", "local" or "memory". */
export async function openStore() {
  // Asks the browser not to clear this storage when space runs short; missing on plain http.
  navigator.storage?.persist?.().catch(() => {});
  try {
    return new DatabaseStore(await openDatabase());
  } catch {
    return new TextStore(usableLocalStorage());
  }
}

/** Events of two storages or of storage and server in one order; `same` tells whether they agree where both have one. */
export function mergeEvents(mine, theirs) {
  const longer = theirs.length >= mine.length ? theirs : mine;
  const shorter = longer === theirs ? mine : theirs;
  const same = shorter.every((event, i) => sameEvent(event, longer[i]));
  return { events: longer, same };
}

function sameEvent(a, b) {
  const plain = ({ seq, kind, at, data }) => JSON.stringify([seq, kind, at, Object.entries(data).sort()]);
  return plain(a) === plain(b);
}

function openDatabase() {
  const request = indexedDB.open(DATABASE, 1);
  request.onupgradeneeded = () => {
    request.result.createObjectStore("attempts", { keyPath: "id" });
    request.result.createObjectStore("progress", { keyPath: "id" });
    request.result.createObjectStore("events", { keyPath: ["attempt", "seq"] });
  };
  return done(request);
}

class DatabaseStore {
  constructor(database) {
    this.database = database;
    this.kind = "database";
  }

  /** Runs `work` in one transaction over the stores named; resolves when it is on disk, not merely handed over. */
  write(names, work) {
    return new Promise((resolve, reject) => {
      const transaction = this.database.transaction(names, "readwrite", { durability: "strict" });
      transaction.oncomplete = () => resolve();
      transaction.onabort = () => {
        const taken = transaction.error?.name === "ConstraintError";
        reject(taken ? new Taken() : (transaction.error ?? new Error("storage")));
      };
      work(...names.map((name) => transaction.objectStore(name)));
      // All is asked for: the browser need not wait until this page, busy as it may be, has heard of each part.
      transaction.commit?.();
    });
  }

  async load(attemptId) {
    const transaction = this.database.transaction(STORES);
    const [attempts, progress, rows] = STORES.map((name) => transaction.objectStore(name));
    const [attempt, known, kept] = await Promise.all([
      done(attempts.get(attemptId)),
      done(progress.get(attemptId)),
      done(rows.getAll(ofAttempt(attemptId))),
    ]);
    const events = kept.map((row) => row.event);
    return { sitting: attempt?.sitting ?? null, acknowledged: known?.acknowledged ?? 0, events };
  }

  /** Keeps the sitting, and puts `events` in place of those that are here. */
  replace(attemptId, sitting, events, acknowledged) {
    return this.write(STORES, (attempts, progress, rows) => {
      attempts.put({ id: attemptId, sitting });
      progress.put({ id: attemptId, acknowledged });
      rows.delete(ofAttempt(attemptId));
      for (const event of events) rows.add({ attempt: attemptId, seq: event.seq, event });
    });
  }

  append(attemptId, event) {
    return this.write(["events"], (rows) => rows.add({ attempt: attemptId, seq: event.seq, event }));
  }

  acknowledge(attemptId, acknowledged) {
    return this.write(["progress"], (progress) => progress.put({ id: attemptId, acknowledged }));
  }

  remove(attemptId) {
    return this.write(STORES, (attempts, progress, rows) => {
      attempts.delete(attemptId);
      progress.delete(attemptId);
      rows.delete(ofAttempt(attemptId));
    });
  }

  /** Ids of all attempts that are here. */
  ids() {
    return done(this.database.transaction("attempts").objectStore("attempts").getAllKeys());
  }

  /** Ids of attempts of which the server holds everything. */
  async settled() {
    const ids = await this.ids();
    const loaded = await Promise.all(ids.map((id) => this.load(id)));
    return ids.filter((_, i) => loaded[i].acknowledged >= loaded[i].events.length);
  }
}

const ofAttempt = (attemptId) => IDBKeyRange.bound([attemptId, 0], [attemptId, Infinity]);

function usableLocalStorage() {
  try {
    localStorage.setItem(`${PREFIX}probe`, "1");
    localStorage.removeItem(`${PREFIX}probe`);
    return localStorage;
  } catch {
    return null;
  }
}

/** One text per event, so that a tap writes little. */
class TextStore {
  constructor(storage) {
    this.kind = storage ? "local" : "memory";
    this.memory = new Map();
    this.storage = storage;
  }

  get(name) {
    const text = this.storage ? this.storage.getItem(PREFIX + name) : this.memory.get(name);
    return text ? JSON.parse(text) : null;
  }

  set(name, value) {
    if (this.storage) this.storage.setItem(PREFIX + name, JSON.stringify(value));
    else this.memory.set(name, JSON.stringify(value));
  }

  names(start) {
    const all = this.storage ? Object.keys(this.storage) : [...this.memory.keys()].map((name) => PREFIX + name);
    return all.filter((name) => name.startsWith(PREFIX + start)).map((name) => name.slice(PREFIX.length));
  }

  drop(name) {
    if (this.storage) this.storage.removeItem(PREFIX + name);
    else this.memory.delete(name);
  }

  async load(attemptId) {
    const events = [];
    for (let event; (event = this.get(`${attemptId}/event/${events.length + 1}`)); ) events.push(event);
    return { sitting: this.get(`${attemptId}/sitting`), acknowledged: this.get(`${attemptId}/acknowledged`) ?? 0, events };
  }

  /** Over what is there, event by event: ended in the middle, by whatever it may be, none is missing that is to stay. */
  async replace(attemptId, sitting, events, acknowledged) {
    for (let seq = events.length + 1; this.get(`${attemptId}/event/${seq}`); seq += 1) this.drop(`${attemptId}/event/${seq}`);
    this.set(`${attemptId}/sitting`, sitting);
    events.forEach((event) => this.set(`${attemptId}/event/${event.seq}`, event));
    this.set(`${attemptId}/acknowledged`, acknowledged);
  }

  async append(attemptId, event) {
    if (this.get(`${attemptId}/event/${event.seq}`)) throw new Taken();
    this.set(`${attemptId}/event/${event.seq}`, event);
  }

  async acknowledge(attemptId, acknowledged) {
    this.set(`${attemptId}/acknowledged`, acknowledged);
  }

  async remove(attemptId) {
    this.names(`${attemptId}/`).forEach((name) => this.drop(name));
  }

  async ids() {
    const end = "/sitting";
    return this.names("").filter((name) => name.endsWith(end)).map((name) => name.slice(0, -end.length));
  }

  async settled() {
    const ids = await this.ids();
    const loaded = await Promise.all(ids.map((id) => this.load(id)));
    return ids.filter((_, i) => loaded[i].acknowledged >= loaded[i].events.length);
  }
}
