/* Runs in the browser: the same questions to engine.js that tests/golden/vectors.py puts to the Python engine. */
import * as engine from "/engine.js";

const round = (value, decimals) => Number(value.toFixed(decimals)) + 0;

function step(state) {
  const wanted = engine.next(state);
  const where = wanted.kind === "show" ? wanted.block.id : `!${wanted.reason}`;
  return [where, engine.autoStop(state)?.last_item ?? null, round(engine.summary(state).theta, 4)];
}

function final(state) {
  const s = engine.summary(state);
  return {
    ended: s.ended,
    theta: s.theta,
    standard_error: s.standard_error,
    probabilities: s.probabilities.map((p) => p.probability),
    proposed_level: s.proposed_level,
    blocks: s.blocks.map((b) => [b.block, b.correct, b.attempted, b.auto_stop]),
    seconds: s.seconds,
    flags: s.flags.map((f) => [f.seq, f.code]),
  };
}

export function run(plans, sittings) {
  return sittings.map(({ limits, spec, events }) => {
    let state = engine.createState(plans[limits], spec);
    const steps = events.map(([seq, kind, mono_ms, data]) => {
      state = engine.apply(state, { seq, kind, at: "", mono_ms, data });
      return step(state);
    });
    return { steps, final: final(state) };
  });
}
