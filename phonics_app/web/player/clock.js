/* The clock of a block with a time limit, as phonics_app/engine/timing.py has it: monotonic, never below zero, paused
 * only where its rule allows. A change gives `[clock, code]`, code "" where nothing was irregular. */

export const NO_CLOCK = Object.freeze({ phase: "waiting", used_ms: 0, why: "", stopped_at: null });

const MAY_PAUSE = { 60: false }; // EGRA-TIME-60
const PUNCTUAL_MS = 1;
export const GRACE_MS = 1000;
const REASONS = new Set(["ended", "dialog", "interruption"]);
const FREE = new Set(["auto_stop", "cut"]);

export const mayPause = (block) => MAY_PAUSE[secondsOf(block)] ?? true;

export const secondsOf = (block) => block.seconds ?? 0;

export const advance = (clock, passedMs) =>
  clock.phase === "running" ? { ...clock, used_ms: clock.used_ms + passedMs } : clock;

export const isOver = (block, clock, graceMs = 0) =>
  secondsOf(block) > 0 && clock.used_ms > secondsOf(block) * 1000 + graceMs;

export const begin = (clock) =>
  clock.phase === "waiting" ? [{ ...clock, phase: "running" }, ""] : [clock, "timer_started_twice"];

export const halt = (clock, why, monoMs) =>
  clock.phase === "running" ? { ...clock, phase: "stopped", why, stopped_at: monoMs } : clock;

export function pause(block, clock, why, monoMs) {
  if (clock.phase !== "running") return [clock, "timer_not_running"];
  if (!REASONS.has(why)) return [clock, "unknown_reason"];
  if (why !== "ended" && !mayPause(block)) return [clock, "pause_not_allowed"];
  return [halt(clock, why, monoMs), ""];
}

export function resume(block, clock, monoMs, stoppedByRule) {
  if (clock.phase !== "stopped") return [clock, "timer_not_stopped"];
  if (stoppedByRule) return [clock, "auto_stopped"];
  const on = { ...clock, phase: "running", why: "", stopped_at: null };
  if (FREE.has(clock.why) || mayPause(block)) return [on, ""];
  if (clock.why !== "ended" || clock.stopped_at === null) return [clock, "pause_not_allowed"];
  return [{ ...on, used_ms: clock.used_ms + Math.max(0, monoMs - clock.stopped_at) }, ""];
}

/** The device slept while the clock ran: whether it counted on meanwhile hangs on the device, so nothing is altered. */
export const wake = (clock) => [clock, "device_slept"];

export function end(block, clock) {
  if (clock.phase !== "running") return [clock, "timer_not_running"];
  const limit = secondsOf(block) * 1000;
  return !limit || clock.used_ms < limit - PUNCTUAL_MS ? [clock, "time_not_up"] : [{ ...clock, phase: "up" }, ""];
}

export const carriedOver = (clock) => ({ ...clock, stopped_at: null });

export function secondsUsed(block, clock) {
  if (clock.phase === "waiting") return null;
  const used = clock.used_ms / 1000;
  return secondsOf(block) ? Math.min(used, secondsOf(block)) : used;
}

export const secondsLeft = (block, clock) =>
  secondsOf(block) ? Math.max(0, secondsOf(block) - clock.used_ms / 1000) : null;

/** Milliseconds used at `now`, where the last event was at `monoMs`: what the next event will say. */
export const usedAt = (clock, monoMs, now) =>
  clock.phase === "running" ? clock.used_ms + Math.max(0, now - monoMs) : clock.used_ms;
