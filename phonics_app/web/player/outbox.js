// Sends events to the server: in order, in batches, until they are acknowledged.

import { Sender } from "./sender.js";

const BATCH = 200;
const SOON_MS = 60;

export class Outbox extends Sender {
  /** `post(events)` resolves to the acknowledged number; `changed()` after every change; `acknowledge(n)` stores it. */
  constructor({ post, changed, acknowledge, events, acknowledged }) {
    super(changed);
    Object.assign(this, { post, acknowledge, events: [...events], acknowledged, batch: BATCH });
    this.state = this.unsent ? "sending" : "sent";
  }

  /** How many events the server has not acknowledged. */
  get unsent() {
    return this.events.length - this.acknowledged;
  }

  /** Sent a moment later: the screen changes first, and what one touch brings about goes in one request. */
  add(event) {
    this.events.push(event);
    if (this.state === "sent") this.state = "sending";
    this.changed();
    this.soon ||= setTimeout(() => {
      this.soon = 0;
      this.poke();
    }, SOON_MS);
  }

  async step() {
    const batch = this.events.slice(this.acknowledged, this.acknowledged + this.batch);
    try {
      this.acknowledged = await this.post(batch);
    } catch (failure) {
      this.adapt(failure);
      return;
    }
    await this.acknowledge(this.acknowledged);
  }

  /** What can be put right here: then the next step does better. */
  adapt(failure) {
    if (failure.code === "events.gap" && failure.data.acknowledged < this.acknowledged) {
      // The server has fewer than it once acknowledged (an older copy was restored): it gets them again.
      this.acknowledged = failure.data.acknowledged;
    } else if (failure.status === 413 && this.batch > 1) {
      this.batch = Math.ceil(this.batch / 2);
    } else {
      throw failure;
    }
  }
}
