// What a touch means: from the state of the test to the events that it brings. Pure functions.

import { askedIn } from "./asking.js";
import { secondsOf, usedAt } from "./clock.js";
import { apply, autoStop, current, items, next, previousBlock } from "./engine.js";
import { eventsOf, historyOf, tracesOf } from "./history.js";
import { lineOf } from "./marks.js";

const event = (kind, data = {}) => ({ kind, data });

/** The mark of an item of the block on screen. */
export const markOf = (state, item) => current(state)?.marks[item] ?? "none";

/** Whether the block on screen has a clock: a limit, or a passage whose time is taken. */
export const isTimed = (block) => secondsOf(block) > 0 || block.kind === "passage";

/** A tap: wrong, or taken back. In self-correction mode: self-corrected, or taken back. */
export function tap(state, item, selfCorrection) {
  const open = current(state);
  if (!mayMark(open)) return [];
  const old = markOf(state, item);
  const wanted = selfCorrection ? "self_corrected" : "incorrect";
  const taken = old === wanted || (!selfCorrection && old !== "none");
  return mark(state, item, taken ? { mark: "none" } : { mark: wanted });
}

/** What was wrong with an item: `{mark, error?, said?}`. */
export const markAs = (state, item, remark) => (mayMark(current(state)) ? mark(state, item, remark) : []);

/** A whole line wrong, or taken back where it is so. */
export function markLine(state, line) {
  const open = current(state);
  if (!mayMark(open)) return [];
  const items = lineOf(open.block, line).map((i) => open.block.items[i]);
  const wrong = items.every((item) => open.marks[item] === "incorrect");
  const marked = event("row_marked", { block: open.block.id, line, mark: wrong ? "none" : "incorrect" });
  return withStop(state, [marked]);
}

const mayMark = (open) => open && !open.auto_stop && !(isTimed(open.block) && open.clock.phase === "waiting");

function mark(state, item, remark) {
  return withStop(state, [event("item_marked", { block: current(state).block.id, item, ...remark })]);
}

/** Announces the auto-stop where these very marks fulfil its rule; where they end it, a clock goes on. */
function withStop(state, marked) {
  const before = current(state);
  const numbered = (each, i) => ({ ...each, seq: state.lastSeq + 1 + i, at: "", mono_ms: state.monoMs ?? 0 });
  const after = marked.map(numbered).reduce(apply, state);
  const stop = autoStop(state) ? null : autoStop(after);
  if (stop) return [...marked, event("block_auto_stopped", { block: before.block.id, ...stop })];
  const freed = before.auto_stop && !current(after).auto_stop;
  return freed ? [...marked, ...goOn(current(after))] : marked;
}

/** At once only while the stop stands on screen: in a block that was taken up again the pupil has to be told first. */
const goOn = ({ block, clock }) =>
  clock.why === "auto_stop" && clock.stopped_at !== null ? [event("timer_resumed", { block: block.id })] : [];

const steps = (state, events) => historyOf(events, current(state).block);

export const canUndo = (state, events) => current(state) !== null && steps(state, events).past.length > 0;

export const canRedo = (state, events) => current(state) !== null && steps(state, events).future.length > 0;

/** Takes the newest step back. Where it had stopped the block, the block goes on. */
export function undo(state, events) {
  if (!canUndo(state, events)) return [];
  const step = steps(state, events).past.pop();
  return withStop(state, eventsOf(current(state).block, step, "before", "undo"));
}

export function redo(state, events) {
  if (!canRedo(state, events) || current(state).auto_stop) return [];
  const step = steps(state, events).future.pop();
  return withStop(state, eventsOf(current(state).block, step, "after", "redo"));
}

export function undoAutoStop(state) {
  const open = current(state);
  return open?.auto_stop ? [event("auto_stop_undone", { block: open.block.id }), ...goOn(open)] : [];
}

/* ---- The clock ---- */

const ofBlock = (kind, phases, data = {}) => (state) => {
  const open = current(state);
  return open && phases.includes(open.clock.phase) ? [event(kind, { block: open.block.id, ...data })] : [];
};

export const startClock = ofBlock("timer_started", ["waiting"]);
export const endReading = ofBlock("timer_paused", ["running"], { why: "ended" });
export const pauseClock = ofBlock("timer_paused", ["running"], { why: "interruption" });
export const resumeClock = ofBlock("timer_resumed", ["stopped"]);

/** The limit has passed at `now` (monotonic milliseconds): it is written down before anything else. */
export function overdue(state, now) {
  const open = current(state);
  if (state.ended || open?.clock.phase !== "running" || !secondsOf(open.block)) return [];
  const used = usedAt(open.clock, state.monoMs, now);
  return used >= secondsOf(open.block) * 1000 ? [event("time_up", { block: open.block.id })] : [];
}

/** The device slept for so many seconds while the clock of the block on screen ran. */
export const wokeUp = (state, seconds) =>
  seconds ? ofBlock("timer_resumed", ["running"], { asleep: seconds })(state) : [];

/** What a finished block says of its clock. */
function timeLeft(state, now) {
  const { block, clock } = current(state);
  if (!secondsOf(block) || clock.phase === "waiting") return {};
  const left = secondsOf(block) - usedAt(clock, state.monoMs, now) / 1000;
  return { seconds_left: Math.max(0, Math.round(left * 10) / 10) };
}

/* ---- Ends ---- */

/** All items were tried, or, after an auto-stop, those up to the last marked one. */
export function finishBlock(state, events, now) {
  const open = current(state);
  if (!open) return [];
  const all = open.block.items[askedIn(state.tables.plan, items(state), state.blocks, open.block) - 1];
  return endBlock(state, open.auto_stop ? autoStop(state).last_item : all, now);
}

/** Ends this block early; `last` null leaves it out. */
export function endBlock(state, last, now) {
  const open = current(state);
  return open ? [event("block_finished", { block: open.block.id, last_item: last, ...timeLeft(state, now) })] : [];
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

/* ---- Looking through: changes of finished blocks ---- */

const review = (kind, block, data) => event(kind, { block, ...data, by: "review" });

/** A tap in the review: wrong, or taken back. */
export function reviewTap(state, block, item) {
  const shown = state.blocks.find((b) => b.block.id === block);
  const old = shown.marks[shown.block.items.indexOf(item)];
  return reviewMark(state, block, item, { mark: old === "none" ? "incorrect" : "none" });
}

export const reviewMark = (state, block, item, remark) => [review("item_marked", block, { item, ...remark })];

export function reviewLine(state, block, line) {
  const { block: own, marks } = state.blocks.find((b) => b.block.id === block);
  const wrong = lineOf(own, line).every((i) => marks[i] === "incorrect");
  return [review("row_marked", block, { line, mark: wrong ? "none" : "incorrect" })];
}

export const reviewLast = (state, block, last) => [review("block_finished", block, { last_item: last })];

/** The block is taken up again where the rule had stopped it; its clock waits for the teacher. */
export const reviewUndoStop = (state, block) => [review("block_reopened", block, {}), event("auto_stop_undone", { block })];

/** Puts the newest change back, as a change of its own. */
export function reviewUndo(state, block, events) {
  const { block: own } = state.blocks.find((b) => b.block.id === block);
  const newest = tracesOf(events, own).pop();
  if (!newest) return [];
  if (newest.item === null) return reviewLast(state, block, newest.before);
  return eventsOf(own, [newest], "before", "review");
}
