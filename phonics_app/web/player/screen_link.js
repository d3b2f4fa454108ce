// Tells the server what the pupil's screen is to show. Every message says all of it, so any of them may get lost; at
// most one is under way, and nothing waits for it: marks have their own way to the server.

import { post } from "./api.js";

const BEAT_MS = 4000;
const PATIENCE_MS = 5000;

export class ScreenLink {
  /** `changed()` after each change of `state`: "closed", "waiting", "connected", "lost" or "offline". */
  constructor({ attemptId, changed, kept }) {
    Object.assign(this, { path: `/api/v1/attempts/${attemptId}/screen`, changed, kept });
    this.state = "closed";
    this.code = "";
    this.on = false;
    this.busy = false;
    this.shown = null;
  }

  /** Begins: a screen that had joined before goes on, otherwise there is a code to join by. */
  async open(renew = false) {
    this.on = true;
    clearInterval(this.beating);
    this.beating = setInterval(() => this.beat(), BEAT_MS);
    // Where the pair was forgotten (half an hour of silence), the link tells which screen belongs here.
    if (!renew && this.kept.link) await this.beat();
    if (renew || !this.kept.link || this.state === "closed") await this.askCode(renew);
    this.beat();
  }

  async askCode(renew) {
    try {
      this.hear(await post(`${this.path}/code`, { renew }, PATIENCE_MS));
    } catch {
      this.become("offline");
    }
  }

  /** From now on this is shown; null: nothing. */
  say(shown) {
    const text = JSON.stringify(shown);
    if (text === this.said) return;
    this.said = text;
    this.shown = shown;
    this.beat();
  }

  async beat() {
    if (!this.on) return;
    if (this.busy) {
      this.again = true;
      return;
    }
    this.busy = true;
    this.again = false;
    try {
      this.hear(await post(this.path, { shown: this.shown, link: this.kept.link }, PATIENCE_MS));
    } catch (failure) {
      this.become(failure.code === "attempt.over" ? "closed" : "offline");
    }
    this.busy = false;
    if (this.again) this.beat();
    else if (this.expired) this.askCode(false);
  }

  /** Nobody has joined, and the digits hold no longer (or the server knows of none any more). */
  get expired() {
    return this.on && (this.state === "waiting" || this.state === "closed") && !this.code;
  }

  hear({ status, code, link }) {
    this.kept.link = link || this.kept.link;
    this.code = code;
    this.become(status);
  }

  become(state) {
    const told = `${state}/${this.code}`;
    this.state = state;
    if (this.told !== told) this.changed();
    this.told = told;
  }

  /** Nothing is shown any more. `ended`: and the test is over, for the server too. */
  close(ended) {
    if (!this.on) return;
    this.on = false;
    clearInterval(this.beating);
    const body = JSON.stringify({ shown: null, ended });
    // It goes out even while this page is being left.
    const told = fetch(this.path, { method: "POST", headers: { "Content-Type": "application/json" }, body, keepalive: true });
    told.catch(() => {});
    this.become("closed");
  }
}
