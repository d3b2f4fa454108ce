/* Marks of items and of whole lines, as phonics_app/engine/marking.py. */

import { GRACE_MS, isOver, secondsOf } from "./clock.js";
import { stopIndex } from "./decision.js";
import { changeable, flag, flagIf, number, put, text } from "./steps.js";

const MARKS = new Set(["none", "incorrect", "self_corrected"]);
const ERRORS = new Set(["decoding", "transfer", "ambiguous", "no_answer", "said_as"]);
const BY = new Set(["undo", "redo", "review"]);
export const NO_REMARK = Object.freeze({ error: "", said: "" });

export function itemMarked(state, event) {
  const open = changeable(state, event);
  if (!open) return flag(state, event, "block_not_on_screen");
  const index = open.block.items.indexOf(text(event, "item"));
  if (index < 0) return flag(state, event, "unknown_item");
  const mark = text(event, "mark");
  if (!MARKS.has(mark)) return flag(state, event, "unknown_mark");
  const late = tooLate(open, [index], mark);
  if (late) return flag(state, event, late);
  const [remark, code] = remarkOf(event, mark);
  state = flagIf(flagIf(state, event, code), event, outOfPlace(open, [index], mark));
  return withMarks(state, open, new Map([[index, [mark, remark]]]));
}

export function rowMarked(state, event) {
  const open = changeable(state, event);
  if (!open) return flag(state, event, "block_not_on_screen");
  const line = lineOf(open.block, number(event, "line"));
  if (!line.length) return flag(state, event, "unknown_line");
  const mark = text(event, "mark");
  if (!MARKS.has(mark)) return flag(state, event, "unknown_mark");
  const late = tooLate(open, line, mark);
  if (late) return flag(state, event, late);
  const kept = (i) => (mark === open.marks[i] ? open.remarks[i] : NO_REMARK);
  return withMarks(flagIf(state, event, outOfPlace(open, line, mark)), open, new Map(line.map((i) => [i, [mark, kept(i)]])));
}

/** Indices of the items of a line, counted from 1; none where there is no such line. */
export function lineOf(block, line) {
  const lengths = lineLengths(block);
  if (!Number.isInteger(line) || line < 1 || line > lengths.length) return [];
  const begin = lengths.slice(0, line - 1).reduce((all, each) => all + each, 0);
  return Array.from({ length: lengths[line - 1] }, (_, i) => begin + i);
}

/** How many items stand on each line: as the block says, and whatever is left on lines of the usual length. */
export function lineLengths(block) {
  const lengths = [];
  let left = block.items.length;
  const take = (length) => {
    lengths.push(Math.min(Math.max(0, length), left));
    left -= lengths[lengths.length - 1];
  };
  (block.lines ?? []).forEach(take);
  while (left > 0) take(Math.max(1, block.line_length));
  return lengths.filter((length) => length > 0);
}

function tooLate(open, indices, mark) {
  const last = open.auto_stop ? stopIndex(open.block, open.marks) : null;
  return last !== null && mark !== "none" && Math.max(...indices) > last ? "mark_after_auto_stop" : "";
}

function outOfPlace({ status, block, clock, attempted }, indices, mark) {
  if (status === "finished") {
    return mark !== "none" && Math.max(...indices) >= attempted ? "marks_beyond_last_item" : "";
  }
  if (!secondsOf(block)) return "";
  if (clock.phase === "waiting") return "mark_before_start";
  return clock.phase === "running" && isOver(block, clock, GRACE_MS) ? "mark_after_time" : "";
}

function remarkOf(event, mark) {
  const [error, said, by] = [text(event, "error") ?? "", text(event, "said") ?? "", text(event, "by")];
  if (by !== null && !BY.has(by)) return [NO_REMARK, "unknown_by"];
  if ("error" in event.data && !ERRORS.has(error)) return [NO_REMARK, "unknown_error"];
  if ((error || said) && mark !== "incorrect") return [NO_REMARK, "error_without_mistake"];
  return [error || said ? { error, said } : NO_REMARK, ""];
}

function withMarks(state, open, changed) {
  const marks = open.marks.map((old, i) => changed.get(i)?.[0] ?? old);
  const remarks = open.remarks.map((old, i) => changed.get(i)?.[1] ?? old);
  const stops = stopIndex(open.block, marks) !== null;
  return put(state, { ...open, marks, remarks, auto_stop: stops ? open.auto_stop : "" });
}
