// What a touch means: from the state of the test to the events that it brings. Pure functions.

import { apply, autoStop, current, next, previousBlock } from "./engine.js";

const event = (kind, data = {}) => ({ kind, data });

/** The mark of an item of the block on screen. */
export const markOf = (state, item) => current(state)?.marks[item] ?? "none";

/** A tap: wrong, or taken back. In self-correction mode (or by a long press): self-corrected, or taken back. */
export function tap(state, item, selfCorrection) {
  const open = current(state);
  if (!open || open.auto_stop) return [];
  const old = markOf(state, item);
  const wanted = selfCorrection ? "self_corrected" : "incorrect";
  const taken = old === wanted || (!selfCorrection && old !== "none");
  return mark(state, open.block, item, taken ? "none" : wanted);
}

/** Marks an item, and announces the auto-stop where this very mark fulfils its rule. */
function mark(state, block, item, wanted) {
  const marked = event("item_marked", { block: block.id, item, mark: wanted });
  const after = apply(state, { ...marked, seq: state.lastSeq + 1, at: "", mono_ms: state.monoMs ?? 0 });
  const stop = autoStop(state) ? null : autoStop(after);
  return stop ? [marked, event("block_auto_stopped", { block: block.id, ...stop })] : [marked];
}

/** Marks of the block on screen that can be undone, oldest first, as `{item, previous}`. */
function undoable(state, events) {
  const open = current(state);
  const stack = [];
  const marks = {};
  for (const { kind, data } of events) {
    if (kind !== "item_marked" || data.block !== open?.block.id) continue;
    const top = stack[stack.length - 1];
    const previous = marks[data.item] ?? "none";
    marks[data.item] = data.mark;
    // A mark that restores what was there before the newest one is itself an undoing of it.
    if (top && top.item === data.item && top.previous === data.mark) stack.pop();
    else stack.push({ item: data.item, previous });
  }
  return stack;
}

export const canUndo = (state, events) => undoable(state, events).length > 0;

/** Takes the newest mark back. Where it had stopped the block, the block goes on. */
export function undo(state, events) {
  const open = current(state);
  const newest = undoable(state, events).pop();
  return open && newest ? mark(state, open.block, newest.item, newest.previous) : [];
}

export function undoAutoStop(state) {
  const open = current(state);
  return open?.auto_stop ? [event("auto_stop_undone", { block: open.block.id })] : [];
}

/** All items were tried, or, after an auto-stop, those up to the last marked one. */
export function finishBlock(state) {
  const open = current(state);
  if (!open) return [];
  const all = open.block.items[open.block.items.length - 1];
  const last = open.auto_stop ? autoStop(state).last_item : all;
  return [event("block_finished", { block: open.block.id, last_item: last })];
}

/** Ends this block early; `last` null leaves it out. */
export function endBlock(state, last) {
  const open = current(state);
  return open ? [event("block_finished", { block: open.block.id, last_item: last })] : [];
}

/** Ends the whole test; the block on screen counts up to `last`. */
export function stopTest(state, last) {
  const open = current(state);
  return [event("attempt_stopped", { block: open ? open.block.id : null, last_item: open ? last : null })];
}

export function goBack(state) {
  const block = previousBlock(state);
  return block ? [event("block_reopened", { block })] : [];
}

/** The end that the engine has decided, confirmed by the teacher. */
export function finishTest(state) {
  const decided = next(state);
  return decided.kind === "finished" && !state.ended ? [event("attempt_finished", { reason: decided.reason })] : [];
}

/** What follows by itself: the next block comes on screen when none is. */
export function follow(state) {
  const decided = next(state);
  if (state.ended || current(state) || decided.kind !== "show") return [];
  return [event("block_shown", { block: decided.block.id })];
}

/** The first events of an opening of the page. */
export function opening(state) {
  if (state.ended) return [];
  return [event(state.lastSeq === 0 ? "attempt_started" : "attempt_resumed")];
}

/** Index of the last item that has a mark, -1 where none has: a block can't end before it. */
export function lastMarked(state) {
  const open = current(state);
  return open ? open.block.items.reduce((last, item, i) => (open.marks[item] ? i : last), -1) : -1;
}
