// The events of a self-run test: numbered, kept on the device, then handed to the outbox; the state follows them.

import { isoWithOffset } from "/play/static/moments.js";
import { apply, replay, step } from "./self_test.js";

// What would follow an event that could not be kept: nothing, neither on screen nor in the record.
const NEVER = new Promise(() => {});

export class Record {
  /** `lost(fault)`: the device could not keep an event. */
  constructor({ sitting, events, store, outbox, lost }) {
    Object.assign(this, { sitting, store, outbox, lost });
    this.events = [...events];
    this.state = replay(sitting, events);
    this.queue = Promise.resolve();
  }

  /** Resolves when the event is on the device; touches wait for each other. */
  add(kind, data = {}) {
    // The moment of the touch counts, not the one at which the storage is free.
    const mono = Math.round(performance.now() * 10) / 10;
    const at = isoWithOffset(new Date());
    this.queue = this.queue.then(() => this.keep({ kind, at, mono_ms: mono, data })).catch((fault) => {
      this.lost(fault);
      return NEVER;
    });
    return this.queue;
  }

  async keep({ kind, at, mono_ms, data }) {
    const event = { seq: this.events.length + 1, kind, at, mono_ms, data };
    const kept = this.store.append(this.sitting.attempt.id, event);
    // Reckoned, with what comes next, while the device writes; it counts once that is done.
    const state = apply(this.state, event);
    step(state);
    await kept;
    this.events.push(event);
    this.state = state;
    this.outbox.add(event);
  }
}
