/* Runs in the browser: many sittings through engine.js, with what must hold of every one. */
import * as engine from "/engine.js";

const round = (value) => Number(value.toFixed(3)) + 0;
const sum = (list, figure) => list.reduce((all, each) => all + figure(each), 0);

function trace(state) {
  const totals = engine.totals(state);
  const used = round(sum(state.blocks, (b) => b.clock.used_ms));
  return [state.flags.length, sum(totals, (t) => t.attempted), sum(totals, (t) => t.correct), used];
}

function block(b, totals) {
  const { phase, used_ms, why } = b.clock;
  const remarks = b.remarks.map(({ error, said }) => [error, said]);
  return { status: b.status, marks: b.marks, remarks, clock: [phase, used_ms, why], totals };
}

/* What is impossible of totals; empty where all is well. */
function faults(state) {
  return engine.totals(state).filter((t) => {
    const counts = [t.attempted, t.correct, t.incorrect, t.self_corrected, t.unattempted];
    const whole = t.attempted === t.correct + t.incorrect && t.items === t.attempted + t.unattempted;
    const times = [t.seconds_used ?? 0, t.seconds_left ?? 0, t.rate ?? 0, t.accuracy ?? 0];
    return !whole || Math.min(...counts, ...times) < 0 || t.correct > t.attempted || t.self_corrected > t.correct;
  });
}

export function run(plan, spec, sittings) {
  return sittings.map((events) => {
    const given = events.map(([seq, kind, mono_ms, data]) => ({ seq, kind, at: "", mono_ms, data }));
    let state = engine.createState(plan, spec);
    const impossible = [];
    const running = given.map((event) => {
      state = engine.apply(state, event);
      impossible.push(...faults(state));
      return trace(state);
    });
    const again = engine.replay(plan, spec, given);
    const totals = engine.totals(state);
    return {
      running,
      blocks: state.blocks.map((b, i) => block(b, totals[i])),
      flags: state.flags.map((f) => [f.seq, f.code]),
      next: state.next.kind === "show" ? state.next.block.id : `!${state.next.reason}`,
      impossible,
      replayed: JSON.stringify(engine.totals(again)) === JSON.stringify(totals),
    };
  });
}
