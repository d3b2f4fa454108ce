// Whether the device slept between two looks: a closed lid stops every page, and only the clocks tell afterwards.
// On some devices the monotonic clock runs on meanwhile, on others it stands still and only the time of day has moved.

// Milliseconds; what only a busy device needs is far less.
const LEAST_MS = 5000;
// Seconds; more is no record of a test.
const MOST = 86_399;

export class Waking {
  constructor() {
    this.seconds = 0;
    this.seen = this.now();
  }

  now() {
    return { mono: performance.now(), wall: Date.now() };
  }

  /** To be called all the time; adds up what passed unnoticed since the last call. */
  look() {
    const now = this.now();
    const passed = Math.max(now.mono - this.seen.mono, now.wall - this.seen.wall);
    if (passed >= LEAST_MS) this.seconds = Math.min(MOST, this.seconds + Math.round(passed / 1000));
    this.seen = now;
    return this.seconds;
  }

  /** The seconds so far; they begin anew. */
  take() {
    const { seconds } = this;
    this.seconds = 0;
    return seconds;
  }
}
