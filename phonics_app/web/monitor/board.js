// The board as it is now: asked for every few seconds, hardly ever sent, since most of the time nothing has changed.

import { Failure } from "/play/static/api.js";

const WAIT_MS = 3000;
const QUIET_MS = 8000;
const QUIET_AFTER = 10;
const LONGEST_MS = 30000;
const PATIENCE_MS = 10000;

export class BoardPolling {
  /** `changed(board)` for each new one; `failed(failure)` once connection is lost, with null when it is back. */
  constructor(sittingId, { changed, failed }) {
    Object.assign(this, { path: `/api/v1/sittings/${sittingId}`, changed, failed });
    this.tag = null;
    this.same = 0;
    this.failures = 0;
    document.addEventListener("visibilitychange", () => document.hidden || this.now());
  }

  /** Asks at once: the page was opened, or the teacher has done something. */
  now() {
    this.same = 0;
    clearTimeout(this.timer);
    return this.ask();
  }

  async ask() {
    if (this.asking) return;
    this.asking = true;
    try {
      await this.fetch();
      if (this.failures > 0) this.failed(null);
      this.failures = 0;
    } catch (failure) {
      this.failures++;
      this.failed(failure);
    }
    this.asking = false;
    this.timer = setTimeout(() => (document.hidden ? null : this.ask()), this.wait());
  }

  wait() {
    const calm = this.same >= QUIET_AFTER ? QUIET_MS : WAIT_MS;
    return Math.min(calm * 2 ** this.failures, LONGEST_MS) * (0.9 + 0.2 * Math.random());
  }

  async fetch() {
    const stop = new AbortController();
    const timer = setTimeout(() => stop.abort(), PATIENCE_MS);
    let answer;
    try {
      const headers = this.tag ? { "If-None-Match": this.tag } : {};
      answer = await fetch(this.path, { headers, cache: "no-store", signal: stop.signal });
    } catch {
      throw new Failure(0);
    } finally {
      clearTimeout(timer);
    }
    if (answer.status === 304) {
      this.same++;
      return;
    }
    const body = await answer.json().catch(() => null);
    if (!answer.ok || body === null) throw new Failure(answer.status, body);
    this.tag = answer.headers.get("ETag");
    this.same = 0;
    this.changed(body);
  }
}
