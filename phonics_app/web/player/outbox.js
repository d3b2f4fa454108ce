// Sends events to the server: in order, in batches, again and again until they are acknowledged.
// The device's storage has every event already; nothing here can lose one.

const BATCH = 200;
const FIRST_WAIT_MS = 500;
const LONGEST_WAIT_MS = 5000;

/** `state`: "sent" | "sending" | "waiting" (no answer, tried again) | "signed_out" (tried again) | "refused". */
export class Outbox {
  /** `post(events)` resolves to the acknowledged number; `changed()` after every change; `acknowledge(n)` stores it. */
  constructor({ post, changed, acknowledge, events, acknowledged }) {
    Object.assign(this, { post, changed, acknowledge, events: [...events], acknowledged });
    this.failure = null;
    this.state = this.unsent ? "sending" : "sent";
    this.busy = false;
    this.wait = FIRST_WAIT_MS;
    this.batch = BATCH;
    this.timer = null;
    this.listen();
  }

  /** How many events the server has not acknowledged. */
  get unsent() {
    return this.events.length - this.acknowledged;
  }

  add(event) {
    this.events.push(event);
    this.poke();
  }

  /** Tries now, whatever the waiting time was. */
  poke() {
    clearTimeout(this.timer);
    this.timer = null;
    if (!this.busy && this.unsent > 0 && this.state !== "refused") this.send();
    else this.changed();
  }

  /** A refusal is not repeated by itself; this is the person's own "try again". */
  again() {
    this.wait = FIRST_WAIT_MS;
    if (this.state === "refused") this.state = "sending";
    this.poke();
  }

  listen() {
    window.addEventListener("online", () => this.again());
    document.addEventListener("visibilitychange", () => this.poke());
  }

  async send() {
    this.busy = true;
    this.become(this.state === "sent" ? "sending" : this.state);
    const batch = this.events.slice(this.acknowledged, this.acknowledged + this.batch);
    try {
      await this.accept(await this.post(batch));
    } catch (failure) {
      this.fail(failure);
    }
    this.busy = false;
    // "sent" too: an event may have come while the device noted that all before it had been acknowledged.
    if (this.unsent > 0 && (this.state === "sending" || this.state === "sent")) this.poke();
  }

  async accept(acknowledged) {
    this.acknowledged = acknowledged;
    this.wait = FIRST_WAIT_MS;
    this.failure = null;
    this.become(this.unsent > 0 ? "sending" : "sent");
    await this.acknowledge(acknowledged);
  }

  fail(failure) {
    this.failure = failure;
    if (failure.code === "events.gap" && failure.data.acknowledged < this.acknowledged) {
      // The server has fewer than it once acknowledged (an older copy was restored): it gets them again.
      this.acknowledged = failure.data.acknowledged;
      this.become("sending");
    } else if (failure.status === 413 && this.batch > 1) {
      this.batch = Math.ceil(this.batch / 2);
      this.become("sending");
    } else if (failure.passing || failure.status === 401 || failure.status === undefined) {
      this.become(failure.status === 401 ? "signed_out" : "waiting");
      // A little chance, so that the tablets of a school do not all come back in the same moment.
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
