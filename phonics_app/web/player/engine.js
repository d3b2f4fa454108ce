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
 * current(state) -> {block, marks, auto_stop} | null
 *                                             the block on screen; marks: {item id: "incorrect" | "self_corrected"}
 * previousBlock(state) -> block id | null     what block_reopened may name now
 * items(state) -> Map of item id to item      of the plan
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

const MARKS = new Set(["none", "incorrect", "self_corrected"]);
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

const change = (state, changes) => Object.freeze({ ...state, ...changes });

const flag = (state, event, code) => change(state, { flags: [...state.flags, { seq: event.seq, code }] });

function tick(state, event) {
  const fresh = event.kind === "attempt_resumed" || state.monoMs === null;
  const passed = fresh ? 0 : Math.max(0, event.mono_ms - state.monoMs) / 1000;
  return change(state, { seconds: state.seconds + passed, monoMs: event.mono_ms, lastSeq: event.seq });
}

function settle(state) {
  const ability = estimate(state.tables, state.spec, state.blocks.filter(isCounted));
  const open = openBlock(state);
  return change(state, { ability, next: open ? { kind: "show", block: open.block } : decide(state, ability) });
}

function put(state, block, last = false) {
  const same = (b) => b.block.id === block.block.id;
  const blocks = last
    ? [...state.blocks.filter((b) => !same(b)), block]
    : state.blocks.map((b) => (same(b) ? block : b));
  return change(state, { blocks });
}

function text(event, name) {
  const value = event.data?.[name] ?? null;
  return value === null || typeof value === "string" ? value : "";
}

const openBlock = (state) => state.blocks.find((b) => b.status === "open") ?? null;
const find = (state, id) => state.blocks.find((b) => b.block.id === id) ?? null;

function onScreen(state, event) {
  const open = openBlock(state);
  return open && open.block.id === text(event, "block") ? open : null;
}

function putAway(state) {
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
    state = putAway(flag(state, event, "block_not_finished"));
  } else if (state.next.kind !== "show" || state.next.block.id !== block.id) {
    state = flag(state, event, "unexpected_block");
  }
  const fresh = known ?? { block, marks: block.items.map(() => "none"), auto_stop: "" };
  return change(put(state, { ...fresh, status: "open", attempted: 0 }, true), { next: { kind: "show", block } });
}

function marked(state, event) {
  const open = onScreen(state, event);
  if (!open) return flag(state, event, "block_not_on_screen");
  const index = open.block.items.indexOf(text(event, "item"));
  if (index < 0) return flag(state, event, "unknown_item");
  const mark = text(event, "mark");
  if (!MARKS.has(mark)) return flag(state, event, "unknown_mark");
  const marks = open.marks.map((old, i) => (i === index ? mark : old));
  const stops = stopIndex(open.block, marks) !== null;
  return put(state, { ...open, marks, auto_stop: stops ? open.auto_stop : "" });
}

function autoStopped(state, event) {
  const open = onScreen(state, event);
  if (!open) return flag(state, event, "block_not_on_screen");
  const expected = autoStop(state);
  if (!expected || text(event, "rule") !== expected.rule || text(event, "last_item") !== expected.last_item) {
    return flag(state, event, "unexpected_auto_stop");
  }
  return put(state, { ...open, auto_stop: expected.rule });
}

function autoStopUndone(state, event) {
  const open = onScreen(state, event);
  if (!open || !open.auto_stop) return flag(state, event, "no_auto_stop");
  return put(state, { ...open, auto_stop: "" });
}

function finishBlock(state, event, open) {
  const last = text(event, "last_item");
  const index = open.block.items.indexOf(last);
  if (last !== null && index < 0) state = flag(state, event, "unknown_item");
  const attempted = index + 1;
  // last_item null leaves the block out, marks and all: the teacher's choice, no irregularity.
  if (attempted && open.marks.slice(attempted).some((mark) => mark !== "none")) {
    state = flag(state, event, "marks_beyond_last_item");
  }
  return put(state, { ...open, status: "finished", attempted });
}

function finished(state, event) {
  const open = onScreen(state, event);
  return open ? settle(finishBlock(state, event, open)) : flag(state, event, "block_not_on_screen");
}

function reopened(state, event) {
  const wanted = find(state, text(event, "block"));
  if (!wanted || wanted.status !== "finished") return flag(state, event, "block_not_finished");
  if (wanted.block.id !== previousBlock(state)) state = flag(state, event, "unexpected_reopening");
  return settle(put(putAway(state), { ...wanted, status: "open", attempted: 0 }));
}

function stopped(state, event) {
  const open = openBlock(state);
  const named = text(event, "block");
  if (open && named === open.block.id) {
    state = finishBlock(state, event, open);
  } else if (open || named !== null) {
    state = flag(putAway(state), event, "block_not_on_screen");
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
  state = settle(putAway(flag(state, event, "unexpected_end")));
  return change(state, { ended: reason, next: { kind: "finished", reason } });
}

const HANDLERS = {
  attempt_started: (state, event) =>
    state.started ? flag(state, event, "started_twice") : change(state, { started: true }),
  attempt_resumed: (state) => state,
  block_shown: shown,
  item_marked: marked,
  block_auto_stopped: autoStopped,
  auto_stop_undone: autoStopUndone,
  block_finished: finished,
  block_reopened: reopened,
  attempt_stopped: stopped,
  attempt_finished: ended,
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
  return { block: open.block, marks: Object.fromEntries(marks), auto_stop: open.auto_stop };
}

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
