// Sends takes and decisions to the server, one after the other, again and again until it has them.
// The shelf has every one of them already; nothing here can lose one.

import { call, post } from "/play/static/api.js";
import { base64Of } from "./wav.js";

const FIRST_WAIT_MS = 500;
const LONGEST_WAIT_MS = 5000;
// A take is half a megabyte, and a school's Wi-Fi may be slow.
const PATIENCE_MS = 60000;
// Faults of the take itself: sending it again would end the same way.
const USELESS = /^(take\.silent|audio\.)/;

export const getSounds = (name) => call(`/api/v1/recordings?set=${encodeURIComponent(name)}`);

/**
 * An entry: `{id, number, account, key, sound, wav, recorded_at, speaker, licence, consent, keep}`; `wav` null: the
 * server has the take. `state`: "sent" | "sending" | "waiting" | "signed_out" | "refused".
 */
export class Sending {
  /** `stored(entry, answer)` when the server has a take or a decision; `useless(entry, words)`; `changed()`. */
  constructor({ shelf, entries, stored, useless, changed }) {
    Object.assign(this, { shelf, entries, stored, useless, changed });
    this.last = Promise.resolve();
    this.state = entries.length ? "sending" : "sent";
    this.busy = false;
    this.wait = FIRST_WAIT_MS;
    window.addEventListener("online", () => this.again());
    document.addEventListener("visibilitychange", () => this.poke());
  }

  get unsent() {
    return this.entries.length;
  }

  entry(id) {
    return this.entries.find((entry) => entry.id === id);
  }

  /** Changes of the shelf wait for each other: a decision must not be lost to the answer for its take. */
  inOrder(work) {
    const result = this.last.then(work);
    this.last = result.catch(() => {});
    return result;
  }

  /** Keeps an entry (or its change) on the shelf, then sends it. */
  async add(entry) {
    await this.inOrder(() => this.put(entry));
    this.poke();
  }

  async put(entry) {
    await this.shelf.put(entry);
    const at = this.entries.findIndex((known) => known.id === entry.id);
    if (at < 0) this.entries.push(entry);
    else this.entries[at] = entry;
  }

  async forget(id) {
    await this.shelf.remove(id);
    this.entries = this.entries.filter((known) => known.id !== id);
  }

  /** Tries now, whatever the waiting time was. */
  poke() {
    clearTimeout(this.timer);
    if (!this.busy && this.unsent > 0 && this.state !== "refused") this.send();
    else this.changed();
  }

  /** A refusal is not repeated by itself; this is the person's own "try again". */
  again() {
    this.wait = FIRST_WAIT_MS;
    if (this.state === "refused") this.state = "sending";
    this.poke();
  }

  async send() {
    this.busy = true;
    this.become(this.state === "sent" ? "sending" : this.state);
    try {
      await this.advance(this.entries[0]);
      this.wait = FIRST_WAIT_MS;
      this.become(this.unsent > 0 ? "sending" : "sent");
    } catch (failure) {
      await this.fail(this.entries[0], failure);
    }
    this.busy = false;
    if (this.unsent > 0 && this.state === "sending") this.poke();
  }

  /** One step: the take, then the decision to keep it, then off the shelf. */
  async advance(entry) {
    const answer = entry.wav
      ? await post("/api/v1/recordings", messageOf(entry), PATIENCE_MS)
      : await post(`/api/v1/recordings/${entry.id}/keep`, {});
    await this.inOrder(() => {
      // It may have been decided on meanwhile.
      const now = { ...this.entry(entry.id), ...(entry.wav ? { wav: null } : { keep: false }) };
      return now.keep ? this.put(now) : this.forget(now.id);
    });
    this.stored(entry, answer);
  }

  async fail(entry, failure) {
    if (failure.status === undefined) console.error(failure);
    if (failure.status === 422 && failure.problems.some((problem) => USELESS.test(problem.code))) {
      await this.inOrder(() => this.forget(entry.id));
      this.become(this.unsent > 0 ? "sending" : "sent");
      this.useless(entry, failure.problems.map((problem) => problem.message));
    } else if (failure.passing || failure.status === 401 || failure.status === undefined) {
      this.become(failure.status === 401 ? "signed_out" : "waiting");
      this.timer = setTimeout(() => this.poke(), this.wait * (0.8 + 0.4 * Math.random()));
      this.wait = Math.min(this.wait * 2, LONGEST_WAIT_MS);
    } else {
      this.become("refused");
    }
  }

  become(state) {
    this.state = state;
    this.changed();
  }
}

const messageOf = ({ id, sound, wav, recorded_at, speaker, licence, consent }) => ({
  ...{ id, sound, recorded_at, speaker, licence, consent },
  wav: base64Of(wav),
});
