// Sends takes and decisions to the server, one after the other, until it has them: each lies on the shelf till then.

import { call, post } from "/play/static/api.js";
import { Sender } from "/play/static/sender.js";
import { base64Of } from "./wav.js";

// A take is half a megabyte, and a school's Wi-Fi may be slow.
const PATIENCE_MS = 60000;
// Faults of the take itself, or one that another take has replaced: sending it again would end the same way.
const USELESS = /^(take\.silent|take\.none|audio\.)/;

export const getSounds = (name) => call(`/api/v1/recordings?set=${encodeURIComponent(name)}`);

/** Resolves to `{kept}`: what is played for its sound from now on, or null. */
export const deleteRecording = (id) => post(`/api/v1/recordings/${id}/delete`, {});

/**
 * An entry: `{id, number, account, key, sound, wav, recorded_at, speaker, licence, consent, keep}`; `wav` null: the
 * server has the take.
 */
export class Sending extends Sender {
  /** `stored(entry, answer)` when the server has a take or a decision; `useless(entry, words)`; `changed()`. */
  constructor({ shelf, entries, stored, useless, changed }) {
    super(changed);
    Object.assign(this, { shelf, entries, stored, useless });
    this.last = Promise.resolve();
    this.state = entries.length ? "sending" : "sent";
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

  /** The take, then the decision to keep it, then off the shelf. */
  async step() {
    const entry = this.entries[0];
    try {
      await this.hand(entry);
    } catch (failure) {
      const words = uselessness(failure);
      if (!words) throw failure;
      await this.inOrder(() => this.forget(entry.id));
      this.useless(entry, words);
    }
  }

  async hand(entry) {
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
}

/** What the server says of a take that will never be taken; null where it may still be. */
function uselessness({ code, text, problems = [] }) {
  if (problems.some((problem) => USELESS.test(problem.code))) return problems.map((problem) => problem.message);
  return USELESS.test(code ?? "") ? [text] : null;
}

const messageOf = ({ id, sound, wav, recorded_at, speaker, licence, consent }) => ({
  ...{ id, sound, recorded_at, speaker, licence, consent },
  wav: base64Of(wav),
});
