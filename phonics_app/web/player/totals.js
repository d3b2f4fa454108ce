/* The totals of a block, as phonics_app/engine/totals.py: what was not attempted is never correct. */

import { secondsOf, secondsUsed } from "./clock.js";
import { isRight } from "./decision.js";

/** `{block, items, attempted, correct, incorrect, self_corrected, unattempted, errors, auto_stop, seconds_used,
 * seconds_left, rate, accuracy}` of a block of the state; nulls where a figure makes no sense. */
export function blockTotals({ block, marks, remarks, attempted, auto_stop, clock, stated_left: stated }) {
  const own = marks.slice(0, attempted);
  const correct = own.filter(isRight).length;
  const used = clock.phase === "waiting" && stated !== null ? secondsOf(block) - stated : secondsUsed(block, clock);
  const errors = {};
  for (const { error } of remarks.slice(0, attempted)) if (error) errors[error] = (errors[error] ?? 0) + 1;
  return {
    block: block.id,
    items: marks.length,
    attempted: own.length,
    correct,
    incorrect: own.length - correct,
    self_corrected: own.filter((mark) => mark === "self_corrected").length,
    unattempted: marks.length - own.length,
    errors,
    auto_stop,
    seconds_used: used,
    seconds_left: used === null || !secondsOf(block) ? null : secondsOf(block) - used,
    rate: used ? correct / (used / 60) : null,
    accuracy: own.length ? (correct / own.length) * 100 : null,
  };
}
