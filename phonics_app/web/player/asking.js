/* Questions about a passage, as phonics_app/engine/asking.py: only those about what was read are asked. */

/** The text that questions are about; null of any other block. */
export function passageBefore(plan, block) {
  if (block.kind !== "questions") return null;
  const at = plan.blocks.findIndex((one) => one.id === block.id);
  return plan.blocks.slice(0, at).reverse().find((one) => one.kind === "passage") ?? null;
}

/** How many of its items may be asked of who has read so many words; they stand in the order of the text. */
export function askedAfter(items, block, words) {
  const end = block.items.findIndex((id) => (items.get(id).after ?? 0) > words);
  return end < 0 ? block.items.length : end;
}

/** The same as far as the test has come; all where the text was not read yet. */
export function askedIn(plan, items, blocks, block) {
  const passage = passageBefore(plan, block);
  const read = passage && blocks.find((b) => b.block.id === passage.id);
  return read?.status === "finished" ? askedAfter(items, block, read.attempted) : block.items.length;
}
