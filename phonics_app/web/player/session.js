// The running test: events, the engine's state of them, the device's storage and the outbox, in one place.

import { apply, replay } from "./engine.js";
import { follow, opening, overdue, wokeUp } from "./marking.js";
import { isoWithOffset } from "./moments.js";
import { Waking } from "./waking.js";

export class Session {
  /** `sitting`: plan, attempt and pupil; `events`: all that are known; `changed()` after every change. */
  constructor({ sitting, events, store, outbox, changed, lost }) {
    Object.assign(this, { sitting, store, outbox, changed, lost });
    this.events = [...events];
    this.state = replay(sitting.plan, sitting.attempt.spec, this.events);
    this.queue = Promise.resolve();
    this.waking = new Waking();
  }

  get attemptId() {
    return this.sitting.attempt.id;
  }

  /** Takes the test up: started or resumed, and the next block on screen. */
  open() {
    return this.act(opening);
  }

  /**
   * Does what `decide(state, events, now)` says. Touches wait for each other, so that each is judged by the state
   * that the ones before it have made; the screen changes only when the device has stored the event.
   */
  act(decide) {
    this.queue = this.queue.then(() => this.perform(decide)).catch((fault) => this.lost(fault));
    return this.queue;
  }

  async perform(decide) {
    this.waking.look();
    for (const event of wokeUp(this.state, this.waking.take())) await this.record(event);
    for (const event of overdue(this.state, performance.now())) await this.record(event);
    for (const event of decide(this.state, this.events, performance.now())) await this.record(event);
    for (const event of follow(this.state)) await this.record(event);
    this.changed();
  }

  async record({ kind, data }) {
    const mono = Math.round(performance.now() * 10) / 10;
    const event = { seq: this.events.length + 1, kind, at: isoWithOffset(new Date()), mono_ms: mono, data };
    const kept = this.store.append(this.attemptId, event);
    // Reckoned while the device writes; it counts once that is done.
    const state = apply(this.state, event);
    await kept;
    this.events.push(event);
    this.state = state;
    this.outbox.add(event);
  }
}
