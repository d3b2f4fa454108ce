/* The engine on the device: the same decisions as phonics_app/engine (Python), from the plan's JSON alone.
 * Pure functions; states are frozen and never changed. tests/golden holds this file to the Python engine.
 *
 * createState(plan, spec) -> state            plan, spec: the JSON of domain.plan.Plan and domain.attempt.AttemptSpec
 * apply(state, event) -> state                event: {seq, kind, at, mono_ms, data}, see domain/event.py; never throws
 * replay(plan, spec, events) -> state
 * next(state) -> {kind: "show", block} | {kind: "finished", reason}
 *                                             block: a block of the plan; while one is on screen, that one
 * autoStop(state) -> {rule, last_item} | null
 *                                             ask after every item_marked: the block's own rule says stop now.
 *                                             Append block_auto_stopped with {block, ...this}; the block stays on
 *                                             screen until block_finished, so that auto_stop_undone can take it back
 * current(state) -> {block, marks, remarks, auto_stop, clock} | null
 *                                             the block on screen; marks: {item id: "incorrect" | "self_corrected"};
 *                                             remarks: {item id: {error, said}} of those that have one
 * previousBlock(state) -> block id | null     what block_reopened may name now
 * items(state) -> Map of item id to item      of the plan
 * totals(state) -> [{block, items, attempted, correct, …}]
 *                                             of each block that was shown, see totals.js
 * summary(state) -> {ended, theta, standard_error, probabilities, proposed_level, between, blocks, items, seconds,
 *                    flags}
 *
 * In events, `item` and `last_item` are item ids; `last_item` null leaves the block out, marks and all.
 */

import {
  bestPair,
  decide,
  estimate,
  firstBlock,
  isCounted,
  isRight,
  seenDiscount,
  stopIndex,
  tablesOf,
} from "./decision.js";
import * as timing from "./clock.js";
import { closeBlock } from "./closing.js";
import { itemMarked, NO_REMARK, rowMarked } from "./marks.js";
import { change, changeable, find, flag, flagIf, isReview, number, onScreen, openBlock, put, text } from "./steps.js";
import { blockTotals } from "./totals.js";

const REASONS = new Set(["teacher", "sure", "between", "item_limit", "time_limit", "bank_exhausted", "form_complete"]);

/* ---- Administration: engine/administration.py ---- */

export function createState(plan, spec) {
  const tables = tablesOf(plan);
  const discount = seenDiscount(plan, spec.seen_items ?? []);
  return Object.freeze({
    tables,
    spec,
    discount,
    blocks: [],
    ability: estimate(tables, spec, []),
    next: { kind: "show", block: firstBlock(tables, spec, discount) },
    ended: null,
    started: false,
    lastSeq: 0,
    seconds: 0,
    monoMs: null,
    flags: [],
  });
}

export const replay = (plan, spec, events) => events.reduce(apply, createState(plan, spec));

export function apply(state, event) {
  if (event.seq <= state.lastSeq) return flag(state, event, "out_of_sequence");
  if (event.seq !== state.lastSeq + 1) state = flag(state, event, "out_of_sequence");
  state = tick(state, event);
  if (!state.started && event.kind !== "attempt_started") {
    state = change(flag(state, event, "not_started"), { started: true });
  }
  if (state.ended !== null && event.kind !== "attempt_resumed") return flag(state, event, "after_end");
  return HANDLERS[event.kind](state, event);
}

function tick(state, event) {
  const fresh = event.kind === "attempt_resumed" || state.monoMs === null;
  let passed = fresh ? 0 : event.mono_ms - state.monoMs;
  if (passed < 0) [state, passed] = [flag(state, event, "time_backwards"), 0];
  const open = openBlock(state);
  if (open?.clock.phase === "running") state = put(state, { ...open, clock: timing.advance(open.clock, passed) });
  return change(state, { seconds: state.seconds + passed / 1000, monoMs: event.mono_ms, lastSeq: event.seq });
}

function settle(state) {
  const ability = estimate(state.tables, state.spec, state.blocks.filter(isCounted));
  const open = openBlock(state);
  return change(state, { ability, next: open ? { kind: "show", block: open.block } : decide(state, ability) });
}

function resumed(state, event) {
  const blocks = state.blocks.map((b) => ({ ...b, clock: timing.carriedOver(b.clock) }));
  return cut(change(state, { blocks }), event);
}

/* Makes the clock of the block on screen stand still where it was not to. */
function cut(state, event) {
  const open = openBlock(state);
  if (open?.clock.phase !== "running") return state;
  return put(flag(state, event, "timer_cut"), { ...open, clock: timing.halt(open.clock, "cut", null) });
}

function putAway(state, event) {
  state = cut(state, event);
  const open = openBlock(state);
  return open ? put(state, { ...open, status: "away" }) : state;
}

function shown(state, event) {
  const block = state.tables.blocks.get(text(event, "block"));
  if (!block) return flag(state, event, "unknown_block");
  const known = find(state, block.id);
  if (known && known.status === "open") return state;
  if (known && known.status === "finished") return flag(state, event, "repeated_block");
  if (openBlock(state)) {
    state = putAway(flag(state, event, "block_not_finished"), event);
  } else if (state.next.kind !== "show" || state.next.block.id !== block.id) {
    state = flag(state, event, "unexpected_block");
  }
  const fresh = known ?? freshBlock(block);
  return change(put(state, { ...fresh, status: "open", attempted: 0 }, true), { next: { kind: "show", block } });
}

const freshBlock = (block) => ({
  block,
  marks: block.items.map(() => "none"),
  remarks: block.items.map(() => NO_REMARK),
  auto_stop: "",
  clock: timing.NO_CLOCK,
  stated_left: null,
});

/* What a review changes in a finished block counts at once. */
const marking = (handler) => (state, event) => {
  const changed = handler(state, event);
  return isReview(event) ? settle(changed) : changed;
};

const timer = (changed) => (state, event) => {
  const open = onScreen(state, event);
  if (!open) return flag(state, event, "block_not_on_screen");
  const [clock, code] = changed(open, event);
  return put(flagIf(state, event, code), { ...open, clock });
};

function autoStopped(state, event) {
  const open = onScreen(state, event);
  if (!open) return flag(state, event, "block_not_on_screen");
  const expected = autoStop(state);
  if (!expected || text(event, "rule") !== expected.rule || text(event, "last_item") !== expected.last_item) {
    return flag(state, event, "unexpected_auto_stop");
  }
  const clock = timing.halt(open.clock, "auto_stop", event.mono_ms);
  return put(state, { ...open, auto_stop: expected.rule, clock });
}

function autoStopUndone(state, event) {
  const open = onScreen(state, event);
  if (!open || !open.auto_stop) return flag(state, event, "no_auto_stop");
  return put(state, { ...open, auto_stop: "" });
}

function finished(state, event) {
  const open = changeable(state, event);
  return open ? settle(closeBlock(state, event, open)) : flag(state, event, "block_not_on_screen");
}

function reopened(state, event) {
  const wanted = find(state, text(event, "block"));
  if (!wanted || wanted.status !== "finished") return flag(state, event, "block_not_finished");
  if (wanted.block.id !== previousBlock(state) && !isReview(event)) state = flag(state, event, "unexpected_reopening");
  return settle(put(putAway(state, event), { ...wanted, status: "open", attempted: 0, clock: timing.carriedOver(wanted.clock) }));
}

function stopped(state, event) {
  const open = openBlock(state);
  const named = text(event, "block");
  if (open && named === open.block.id) {
    state = closeBlock(state, event, open);
  } else if (open || named !== null) {
    state = flag(putAway(state, event), event, "block_not_on_screen");
  }
  return change(settle(state), { ended: "teacher", next: { kind: "finished", reason: "teacher" } });
}

function ended(state, event) {
  const claimed = text(event, "reason");
  if (state.next.kind === "finished") {
    const { reason } = state.next;
    return change(claimed === reason ? state : flag(state, event, "other_reason"), { ended: reason });
  }
  const reason = REASONS.has(claimed) ? claimed : "teacher";
  state = settle(putAway(flag(state, event, "unexpected_end"), event));
  return change(state, { ended: reason, next: { kind: "finished", reason } });
}

const ofAnotherTest = (state, event) => flag(state, event, "other_test");

const HANDLERS = {
  attempt_started: (state, event) =>
    state.started ? flag(state, event, "started_twice") : change(state, { started: true }),
  attempt_resumed: resumed,
  block_shown: shown,
  item_marked: marking(itemMarked),
  row_marked: marking(rowMarked),
  timer_started: timer((open) => timing.begin(open.clock)),
  timer_paused: timer((open, event) => timing.pause(open.block, open.clock, text(event, "why") ?? "", event.mono_ms)),
  timer_resumed: timer((open, event) =>
    number(event, "asleep") ? timing.wake(open.clock) : timing.resume(open.block, open.clock, event.mono_ms, open.auto_stop !== ""),
  ),
  time_up: timer((open) => timing.end(open.block, open.clock)),
  block_auto_stopped: autoStopped,
  auto_stop_undone: autoStopUndone,
  block_finished: finished,
  block_reopened: reopened,
  attempt_stopped: stopped,
  attempt_finished: ended,
  item_shown: ofAnotherTest,
  item_answered: ofAnotherTest,
  audio_played: ofAnotherTest,
  rested: ofAnotherTest,
};

/* ---- What the player asks ---- */

export function autoStop(state) {
  const open = openBlock(state);
  const last = open ? stopIndex(open.block, open.marks) : null;
  return last === null ? null : { rule: open.block.auto_stop, last_item: open.block.items[last] };
}

export const next = (state) => state.next;

export const items = (state) => state.tables.items;

export function current(state) {
  const open = openBlock(state);
  if (!open) return null;
  const marks = open.block.items.map((id, i) => [id, open.marks[i]]).filter(([, mark]) => mark !== "none");
  const remarks = open.block.items.map((id, i) => [id, open.remarks[i]]).filter(([, r]) => r.error || r.said);
  const { block, auto_stop, clock } = open;
  return { block, marks: Object.fromEntries(marks), remarks: Object.fromEntries(remarks), auto_stop, clock };
}

export const totals = (state) => state.blocks.map(blockTotals);

export function previousBlock(state) {
  const finished = state.ended ? [] : state.blocks.filter((b) => b.status === "finished");
  return finished.length ? finished[finished.length - 1].block.id : null;
}

export function summary(state) {
  const { theta, standard_error, probabilities } = state.ability;
  const levels = state.tables.plan.levels.map((level) => level.number);
  const limits = state.tables.plan.stopping;
  const top = Math.max(...probabilities);
  const pair = bestPair(probabilities);
  const open = top < limits.sure_probability && pair.probability >= limits.between_probability;
  const counted = state.blocks.filter(isCounted);
  return {
    ended: state.ended,
    theta,
    standard_error,
    probabilities: levels.map((level, i) => ({ level, probability: probabilities[i] })),
    proposed_level: levels[probabilities.indexOf(top)],
    between: open ? [levels[pair.lower], levels[pair.lower + 1]] : null,
    blocks: counted.map((b) => ({
      block: b.block.id,
      correct: b.marks.slice(0, b.attempted).filter(isRight).length,
      attempted: b.attempted,
      auto_stop: b.auto_stop,
    })),
    items: counted.reduce((n, b) => n + b.attempted, 0),
    seconds: state.seconds,
    flags: state.flags,
  };
}
