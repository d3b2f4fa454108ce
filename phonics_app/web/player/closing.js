/* The end of a block, as phonics_app/engine/closing.py: up to where it counts, and how much of its time was left. */

import { askedIn } from "./asking.js";
import { GRACE_MS, halt, isOver, secondsLeft, secondsOf } from "./clock.js";
import { stopIndex } from "./decision.js";
import { flag, flagIf, number, put, text } from "./steps.js";

const CLOSE_SECONDS = 1;

export function closeBlock(state, event, open) {
  const [after, attempted] = attemptedOf(state, event, open);
  const [stated, code] = statedLeft(event, open);
  state = flagIf(flagIf(after, event, code), event, untimely(open, attempted, stated));
  const clock = halt(open.clock, "finished", event.mono_ms);
  return put(state, { ...open, status: "finished", attempted, clock, stated_left: stated });
}

function attemptedOf(state, event, open) {
  const last = text(event, "last_item");
  const index = open.block.items.indexOf(last);
  // last_item null leaves the block out, marks and all: the teacher's choice, no irregularity.
  if (index < 0) return [last === null ? state : flag(state, event, "unknown_item"), 0];
  const asked = askedIn(state.tables.plan, state.tables.items, state.blocks, open.block);
  if (index >= asked) return [flag(state, event, "beyond_text_read"), asked];
  const stop = open.auto_stop ? stopIndex(open.block, open.marks) : null;
  if (stop !== null && index > stop) return [flag(state, event, "beyond_auto_stop"), stop + 1];
  const beyond = open.marks.slice(index + 1).some((mark) => mark !== "none");
  return [beyond ? flag(state, event, "marks_beyond_last_item") : state, index + 1];
}

function statedLeft(event, { block, clock, stated_left: known }) {
  const left = number(event, "seconds_left");
  const own = secondsLeft(block, clock);
  if (left === null) return [known, ""];
  if (own === null || left < 0 || left > secondsOf(block)) return [known, "impossible_seconds_left"];
  if (clock.phase === "waiting") return [left, ""];
  return [null, Math.abs(left - own) <= CLOSE_SECONDS ? "" : "other_seconds_left"];
}

function untimely({ block, clock }, attempted, stated) {
  if (!secondsOf(block) || !attempted) return "";
  if (clock.phase === "waiting") return stated === null ? "timer_not_started" : "";
  return clock.phase === "running" && isOver(block, clock, GRACE_MS) ? "time_exceeded" : "";
}
