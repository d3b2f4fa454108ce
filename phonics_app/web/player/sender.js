// Sends what waits, one step after the other, again and again until nothing is left. What waits is stored on the
// device already; nothing here can lose it.

const FIRST_WAIT_MS = 500;
const LONGEST_WAIT_MS = 5000;

/**
 * A kind of it says how many wait (`unsent`) and sends the next (`step()`, which rejects where it could not).
 * `state`: "sent" | "sending" | "waiting" (no answer, tried again) | "signed_out" (tried again) | "refused".
 */
export class Sender {
  /** `changed()` after every change of what is shown. */
  constructor(changed) {
    this.changed = changed;
    this.failure = null;
    this.state = "sent";
    this.busy = false;
    this.wait = FIRST_WAIT_MS;
    this.timer = null;
    window.addEventListener("online", () => this.again());
    document.addEventListener("visibilitychange", () => this.poke());
  }

  /** Tries now, whatever the waiting time was. */
  poke() {
    if (this.busy || this.state === "refused") this.changed();
    else this.run();
  }

  /** A refusal is not repeated by itself; this is the person's own "try again". */
  again() {
    this.wait = FIRST_WAIT_MS;
    if (this.state === "refused") this.state = "sending";
    this.poke();
  }

  async run() {
    this.busy = true;
    clearTimeout(this.timer);
    let going = true;
    while (going && this.unsent > 0) going = await this.advance();
    // Nothing may be awaited from the last look at `unsent` up to here: what came in between would wait for the next.
    this.busy = false;
    if (!going) this.tryLater();
    else this.become("sent");
  }

  /** One step; whether the next may follow at once. */
  async advance() {
    this.become(this.state === "sent" ? "sending" : this.state);
    try {
      await this.step();
    } catch (failure) {
      this.failure = failure;
      return false;
    }
    this.wait = FIRST_WAIT_MS;
    this.failure = null;
    this.become(this.unsent > 0 ? "sending" : "sent");
    return true;
  }

  tryLater() {
    const { status, passing } = this.failure;
    // Without a status it is a fault of the device's storage or of this program.
    if (status === undefined) console.error(this.failure);
    if (!passing && status !== 401 && status !== undefined) {
      this.become("refused");
      return;
    }
    // A little chance, so that the tablets of a school do not all come back in the same moment.
    this.timer = setTimeout(() => this.poke(), this.wait * (0.8 + 0.4 * Math.random()));
    this.wait = Math.min(this.wait * 2, LONGEST_WAIT_MS);
    this.become(status === 401 ? "signed_out" : "waiting");
  }

  become(state) {
    this.state = state;
    this.changed();
  }
}
