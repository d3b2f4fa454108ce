/* What every handler of an event does, as phonics_app/engine/steps.py: read its data, find the block, flag, put. */

export const change = (state, changes) => Object.freeze({ ...state, ...changes });

export const flag = (state, event, code) => change(state, { flags: [...state.flags, { seq: event.seq, code }] });

export const flagIf = (state, event, code) => (code ? flag(state, event, code) : state);

export function put(state, block, last = false) {
  const same = (b) => b.block.id === block.block.id;
  const blocks = last
    ? [...state.blocks.filter((b) => !same(b)), block]
    : state.blocks.map((b) => (same(b) ? block : b));
  return change(state, { blocks });
}

/** A text of the event's data; null for null; "" (which names nothing) for anything else. */
export function text(event, name) {
  const value = event.data?.[name] ?? null;
  return value === null || typeof value === "string" ? value : "";
}

const LARGEST = 1e9;

export function number(event, name) {
  const value = event.data?.[name];
  return typeof value === "number" && Math.abs(value) < LARGEST ? value : null;
}

export const openBlock = (state) => state.blocks.find((b) => b.status === "open") ?? null;

export const find = (state, id) => state.blocks.find((b) => b.block.id === id) ?? null;

export function onScreen(state, event) {
  const open = openBlock(state);
  return open && open.block.id === text(event, "block") ? open : null;
}

export const isReview = (event) => text(event, "by") === "review";

/** The block on screen; in a review also one that is finished. */
export function changeable(state, event) {
  const open = onScreen(state, event);
  if (open || !isReview(event)) return open;
  const known = find(state, text(event, "block"));
  return known?.status === "finished" ? known : null;
}
