// A marking sheet as it is keyed in: a list of steps, folded into the sheet. Pure functions; the device keeps the steps.
//
// step: {seq, kind, data}; kinds: key {block, index, key}, last {block, last}, seconds {block, value}, total {value},
// agreed {} (the sheet's own total is wrong), undo {}, done {}, refused {text}; correct {blocks}: the first one of a
// sheet that the server has and that is put right

import { askedAfter, passageBefore } from "/play/static/asking.js";

const MARK_KEYS = ["x", "s", "d", "t", "a", "n", "/"];
const WRONG = new Set(["x", "d", "t", "a", "n"]);

/** What may be keyed for an item. */
export const keysOf = (item) =>
  item.options?.length ? [...item.options.map((_, i) => String(i + 1)), "0", "x", "/"] : MARK_KEYS;

/** "right", "wrong", "corrected", or "missing" where an answer has to be keyed and none was. */
export function readingOf(item, key) {
  if (item.options?.length && key >= "1" && key <= "9") return item.options[key - 1]?.value === item.key ? "right" : "wrong";
  if (item.options?.length) return { "": "missing", "/": "right" }[key] ?? "wrong";
  if (key === "s") return "corrected";
  return WRONG.has(key) ? "wrong" : "right";
}

export const isTimed = (plan) => plan.blocks.some((block) => block.seconds > 0);

/** The sheet before the first step: without a time limit everything was tried. */
function empty(plan) {
  const blocks = {};
  for (const block of plan.blocks) {
    blocks[block.id] = { keys: block.items.map(() => ""), last: block.seconds ? null : block.items.length, seconds: "" };
  }
  return { blocks, total: "", agreed: false, done: false, refused: "" };
}

/** Whether a stored sheet is put right by these steps. */
export const isCorrection = (steps) => steps[0]?.kind === "correct";

/** The stored sheet as it was keyed in. */
function stored(plan, { blocks }) {
  const known = new Map(blocks.map((one) => [one.block, one]));
  const sheet = empty(plan);
  for (const { id, seconds } of plan.blocks) {
    const { keys, last, seconds_left: left } = known.get(id);
    sheet.blocks[id] = { keys, last, seconds: seconds && left !== null ? String(left) : "" };
  }
  return sheet;
}

export function fold(plan, steps) {
  const sheet = standing(steps).reduce(applied, isCorrection(steps) ? stored(plan, steps[0].data) : empty(plan));
  for (const block of plan.blocks) limitQuestions(plan, sheet, block);
  const end = steps.filter((step) => step.kind === "done" || step.kind === "refused").pop();
  const open = !end || steps.some((step) => step.seq > end.seq);
  return { ...sheet, done: !open && end.kind === "done", refused: !open && end.kind === "refused" ? end.data.text : "" };
}

/** Asked is only what the pupil has read of: the sheet that is made here counts up to there. */
function limitQuestions(plan, sheet, block) {
  const passage = passageBefore(plan, block);
  const read = passage && sheet.blocks[passage.id].last;
  if (read === null) return;
  const items = new Map(plan.items.map((item) => [item.id, item]));
  sheet.blocks = { ...sheet.blocks, [block.id]: { ...sheet.blocks[block.id], last: askedAfter(items, block, read) } };
}

const CHANGES = new Set(["key", "last", "seconds", "total", "agreed"]);

/** The steps that no later one has undone. */
function standing(steps) {
  const kept = [];
  for (const step of steps) {
    if (CHANGES.has(step.kind)) kept.push(step);
    else if (step.kind === "undo") kept.pop();
  }
  return kept;
}

/** The step that an undo would take back. */
export const undoable = (steps) => standing(steps).pop() ?? null;

function applied(sheet, { kind, data }) {
  if (kind === "total") return { ...sheet, total: data.value, agreed: false };
  if (kind === "agreed") return { ...sheet, agreed: true };
  const block = sheet.blocks[data.block];
  const changed = {
    key: () => ({ ...block, keys: block.keys.map((key, i) => (i === data.index ? data.key : key)) }),
    last: () => ({ ...block, last: data.last }),
    seconds: () => ({ ...block, seconds: data.value }),
  }[kind]();
  return { ...sheet, agreed: false, blocks: { ...sheet.blocks, [data.block]: changed } };
}

/** What is counted of a block, up to the last item. */
export function countsOf(plan, sheet, block, from = 0, to = block.items.length) {
  const items = new Map(plan.items.map((item) => [item.id, item]));
  const { keys, last } = sheet.blocks[block.id];
  const end = Math.min(to, last ?? block.items.length);
  const read = block.items.slice(from, Math.max(from, end)).map((id, i) => readingOf(items.get(id), keys[from + i]));
  const wrong = read.filter((one) => one === "wrong").length;
  const missing = read.filter((one) => one === "missing").length;
  return { attempted: read.length, wrong, missing, right: read.length - wrong - missing };
}

/** The total to hold against the sheet's: of what is timed how many were wrong, else how many right. */
export function total(plan, sheet) {
  const timed = isTimed(plan);
  const counted = plan.blocks.filter((block) => !timed || block.seconds > 0).map((block) => countsOf(plan, sheet, block));
  return counted.reduce((sum, one) => sum + (timed ? one.wrong : one.right), 0);
}

/** What is still to be done, in the order of the sheet: {kind, block, index}. */
export function lacking(plan, sheet) {
  const found = [];
  for (const block of plan.blocks) {
    const { keys, last, seconds } = sheet.blocks[block.id];
    const items = new Map(plan.items.map((item) => [item.id, item]));
    const end = last ?? block.items.length;
    const missing = block.items.findIndex((id, i) => i < end && readingOf(items.get(id), keys[i]) === "missing");
    if (missing >= 0) found.push({ kind: "missing", block: block.id, index: missing });
    const beyond = keys.findIndex((key, i) => i >= end && key);
    if (beyond >= 0) found.push({ kind: "beyond", block: block.id, index: beyond });
    if (last === null) found.push({ kind: "last", block: block.id });
    const whole = /^\d+$/.test(seconds) && Number(seconds) < block.seconds;
    if (block.seconds && last !== 0 && !whole) found.push({ kind: "seconds", block: block.id, most: block.seconds - 1 });
  }
  if (sheet.total === "") found.push({ kind: "total" });
  else if (!sheet.agreed && Number(sheet.total) !== total(plan, sheet)) found.push({ kind: "differs" });
  return found;
}

/** The sheet as the server takes it. */
export function keyed(plan, sheet) {
  return plan.blocks.map((block) => {
    const { keys, last, seconds } = sheet.blocks[block.id];
    return { block: block.id, keys, last, seconds_left: block.seconds && last ? Number(seconds) : null };
  });
}
