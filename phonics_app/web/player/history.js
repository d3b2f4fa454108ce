// What can be undone and done again in a block: read from its events, so that a reload loses nothing of it.

import { lineOf } from "./marks.js";

const NOTHING = Object.freeze({ mark: "none", error: "", said: "" });

const same = (a, b) => a.mark === b.mark && a.error === b.error && a.said === b.said;

/** `{past, future}` of `block`: steps, oldest first; a step is a list of `{item, before, after}`. */
export function historyOf(events, block) {
  const told = { now: new Map(), past: [], future: [] };
  for (const event of events) {
    if (event.data?.block !== block.id) continue;
    const changes = changesOf(event, block, told.now);
    if (!changes.length) continue;
    remember(told, changes, event.data.by);
    for (const { item, after } of changes) told.now.set(item, after);
  }
  return { past: told.past, future: told.future };
}

/** What an event changed; nothing where all was so before. */
function changesOf({ kind, data }, block, now) {
  const change = (item, after) => ({ item, before: now.get(item) ?? NOTHING, after });
  const differs = ({ before, after }) => !same(before, after);
  if (kind === "item_marked") {
    return [change(data.item, { mark: data.mark, error: data.error ?? "", said: data.said ?? "" })].filter(differs);
  }
  if (kind !== "row_marked") return [];
  const whole = { mark: data.mark, error: "", said: "" };
  const items = lineOf(block, data.line).map((i) => block.items[i]);
  // A line that is wrong as a whole keeps what was said of its items that were wrong already.
  return items.map((item) => change(item, now.get(item)?.mark === data.mark ? now.get(item) : whole)).filter(differs);
}

function remember(told, changes, by) {
  if (by === "undo") move(told.past, told.future, changes[0], "before");
  else if (by === "redo") move(told.future, told.past, changes[0], "after");
  else {
    told.past.push(changes);
    told.future.length = 0;
  }
}

/** Takes one change of the newest step to the other side, where it joins what was moved of that step before. */
function move(from, to, { item, after }, side) {
  const step = from[from.length - 1];
  const at = step?.findIndex((each) => each.item === item && same(each[side], after)) ?? -1;
  if (at < 0) return;
  const [moved] = step.splice(at, 1);
  if (step.partner && step.partner === to[to.length - 1]) step.partner.push(moved);
  else to.push((step.partner = [moved]));
  if (!step.length) from.pop();
}

/** Items of a block of which something was entered, be it that they are right. */
export function enteredIn(events, block) {
  const entered = new Set();
  for (const { kind, data } of events) {
    if (kind !== "item_marked" || data.block !== block.id) continue;
    if (data.by === "undo" && data.mark === "none") entered.delete(data.item);
    else entered.add(data.item);
  }
  return entered;
}

/** Seconds that the device slept while the clock of a block ran. */
export const asleepIn = (events, block) =>
  events.reduce((n, { data }) => n + (data?.block === block.id ? data.asleep ?? 0 : 0), 0);

/** The events that bring `changes` about, or back. */
export function eventsOf(block, changes, side, by) {
  return changes.map((change) => {
    const { mark, error, said } = change[side];
    const data = { block: block.id, item: change.item, mark, ...(error && { error }), ...(said && { said }), by };
    return { kind: "item_marked", data };
  });
}

/**
 * What was changed when the test was looked through, oldest first: `{item, before, after}` of a mark, or with item null
 * the last item before and after.
 */
export function tracesOf(events, block) {
  const now = new Map();
  const traces = [];
  let last = null;
  for (const event of events) {
    if (event.data?.block !== block.id) continue;
    const review = event.data.by === "review";
    const changes = changesOf(event, block, now);
    for (const { item, after } of changes) now.set(item, after);
    if (review) traces.push(...changes);
    if (event.kind !== "block_finished") continue;
    if (review && event.data.last_item !== last) traces.push({ item: null, before: last, after: event.data.last_item });
    last = event.data.last_item;
  }
  return traces;
}
