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
 * In events, `item` and `last_item` are item ids; `last_item` null means that nothing was tried.
 */

const NEAR = 1; // engine/tables.py
const BALANCE = 0.7; // engine/selection.py, as SEEN and TIE
const SEEN = 0.75;
const TIE = 1e-9;

const MARKS = new Set(["none", "incorrect", "self_corrected"]);
const REASONS = new Set(["teacher", "sure", "between", "item_limit", "time_limit", "bank_exhausted"]);

/* ---- Curves and tables: engine/ability.py, engine/tables.py ---- */

const softplus = (x) => (x > 0 ? x + Math.log1p(Math.exp(-x)) : Math.log1p(Math.exp(x)));

/* Over the whole grid: all thetas for the first factor of sharpness, then all for the second, and so on. */
function logCurves(item, theta, factors) {
  const { difficulty: b, standard_error: se, guessing: c } = item;
  const right = new Float64Array(theta.length);
  const wrong = new Float64Array(theta.length);
  const open = Math.log1p(-c);
  for (let g = 0; g < theta.length; g++) {
    const a = item.slope * factors[g];
    const logit = (a / Math.sqrt(1 + (Math.PI / 8) * (a * se) ** 2)) * (theta[g] - b);
    const known = open - softplus(-logit);
    right[g] = c > 0 ? Math.log(c) + softplus(known - Math.log(c)) : known;
    wrong[g] = open - softplus(logit);
  }
  return { right, wrong };
}

/* The share of every grid cell that lies in each level. `cuts`: of each level, one for each factor. */
function levelShares(points, cuts, factors) {
  const step = points[1] - points[0];
  const below = (cut, g) => Math.min(1, Math.max(0, (cut - points[g]) / step + 0.5));
  return cuts.map((own, k) => {
    const share = new Float64Array(points.length * factors);
    for (let f = 0; f < factors; f++) {
      for (let g = 0; g < points.length; g++) {
        const upper = k === cuts.length - 1 ? 1 : below(own[f], g);
        share[f * points.length + g] = upper - (k === 0 ? 0 : below(cuts[k - 1][f], g));
      }
    }
    return share;
  });
}

function blockCurve(block, curves, points) {
  const mean = new Float64Array(points);
  for (const id of block.items) {
    const { right } = curves.get(id);
    for (let g = 0; g < points; g++) mean[g] += Math.exp(right[g]) / block.items.length;
  }
  return mean;
}

const tablesByPlan = new WeakMap();

function tablesOf(plan) {
  if (!tablesByPlan.has(plan)) tablesByPlan.set(plan, makeTables(plan));
  return tablesByPlan.get(plan);
}

function makeTables(plan) {
  const { minimum, maximum, points: count } = plan.grid;
  const sharpness = plan.sharpness ?? [1];
  const points = Float64Array.from({ length: count }, (_, g) => minimum + (g * (maximum - minimum)) / (count - 1));
  const theta = Float64Array.from({ length: count * sharpness.length }, (_, g) => points[g % count]);
  const factors = theta.map((_, g) => sharpness[Math.floor(g / count)]);
  const cuts = plan.levels.map((level) => (level.cuts?.length ? level.cuts : [level.cut]));
  const curves = new Map(plan.items.map((item) => [item.id, logCurves(item, theta, factors)]));
  const levelShare = levelShares(points, cuts, sharpness.length);
  return {
    plan,
    theta,
    items: new Map(plan.items.map((item) => [item.id, item])),
    curves,
    levelShare,
    levelColumns: levelShare.map((share) => [...share.keys()].filter((g) => share[g] > 0)),
    blockCurve: plan.blocks.map((block) => blockCurve(block, curves, theta.length)),
    blocks: new Map(plan.blocks.map((block) => [block.id, block])),
    levelsGiven: new Set(plan.blocks.map((block) => block.level)),
    levelIndex: new Map(plan.levels.map((level, i) => [level.number, i])),
  };
}

/* ---- Rules by name: engine/rules.py ---- */

const isRight = (mark) => mark !== "incorrect"; // EGRA-SC: a self-correction counts as correct

function firstAllWrong(marks, count) {
  if (count < 1 || count > marks.length || marks.slice(0, count).some((mark) => mark !== "incorrect")) return null;
  return marks.reduce((last, mark, i) => (mark === "none" ? last : i), -1);
}

const AUTO_STOP_RULES = {
  "EGRA-STOP-N": (block, marks) => firstAllWrong(marks, block.auto_stop_count),
  "EGRA-STOP-LINE1": (block, marks) => firstAllWrong(marks, Math.min(block.line_length, marks.length)),
};

const stopIndex = (block, marks) => AUTO_STOP_RULES[block.auto_stop]?.(block, marks) ?? null;

export function autoStop(state) {
  const open = openBlock(state);
  const last = open ? stopIndex(open.block, open.marks) : null;
  return last === null ? null : { rule: open.block.auto_stop, last_item: open.block.items[last] };
}

/* ---- Ability, selection, stopping: engine/decision.py, selection.py, stopping.py ---- */

function estimate(tables, spec, counted) {
  const { theta, levelShare } = tables;
  const { mean, standard_deviation: sd } = spec.prior;
  const weight = theta.map((t) => -0.5 * ((t - mean) / sd) ** 2);
  for (const { block, marks, attempted } of counted) {
    for (let i = 0; i < attempted; i++) {
      const curve = tables.curves.get(block.items[i])[isRight(marks[i]) ? "right" : "wrong"];
      for (let g = 0; g < weight.length; g++) weight[g] += curve[g];
    }
  }
  const top = weight.reduce((a, b) => Math.max(a, b));
  const posterior = weight.map((w) => Math.exp(w - top));
  const total = sum(posterior);
  for (let g = 0; g < posterior.length; g++) posterior[g] /= total;
  return { posterior, ...moments(theta, posterior), probabilities: levelShare.map((share) => dot(share, posterior)) };
}

const sum = (a) => a.reduce((x, y) => x + y, 0);

function dot(a, b) {
  let total = 0;
  for (let g = 0; g < a.length; g++) total += a[g] * b[g];
  return total;
}

function moments(theta, posterior) {
  const mean = dot(posterior, theta);
  const variance = dot(posterior, theta.map((t) => t * t)) - mean * mean;
  return { theta: mean, standard_error: Math.sqrt(Math.max(variance, 0)) };
}

function entropy(share) {
  const p = Math.min(1 - 1e-12, Math.max(1e-12, share));
  return -p * Math.log(p) - (1 - p) * Math.log1p(-p);
}

/* Information (nats) that one answer of each block gives about the level. */
function levelInformation(tables, ability) {
  const joint = tables.levelShare.map((share) => share.map((s, g) => s * ability.posterior[g]));
  return tables.blockCurve.map((curve) => {
    const right = joint.map((weights, k) => tables.levelColumns[k].reduce((r, g) => r + weights[g] * curve[g], 0));
    const within = right.map((r, k) => ability.probabilities[k] * entropy(r / Math.max(ability.probabilities[k], 1e-300)));
    return entropy(sum(right)) - sum(within);
  });
}

function seenDiscount(plan, seenItems) {
  const seen = new Set(seenItems);
  return plan.blocks.map((b) => 1 - SEEN * (b.items.filter((id) => seen.has(id)).length / b.items.length));
}

function isNear(tables, a, b) {
  return Math.abs(tables.levelIndex.get(a) - tables.levelIndex.get(b)) <= NEAR;
}

function nextBlock(tables, discount, done, ability) {
  const information = levelInformation(tables, ability);
  let best = null;
  const values = tables.plan.blocks.map((block, i) => {
    if (done.includes(block)) return -Infinity;
    const near = done.filter((d) => d.strand === block.strand && isNear(tables, d.level, block.level)).length;
    return information[i] * BALANCE ** near * discount[i];
  });
  const top = Math.max(...values);
  if (top > -Infinity) best = tables.plan.blocks[values.findIndex((value) => value >= top - TIE)];
  return best;
}

function firstBlock(tables, spec, discount) {
  const { plan, levelIndex } = tables;
  const start = levelIndex.get(spec.start_level) ?? 0;
  const distance = (block) => Math.abs(levelIndex.get(block.level) - start);
  const nearest = Math.min(...plan.blocks.map(distance));
  const lead = plan.blocks.find((block) => distance(block) === nearest);
  const same = (block) => block.level === lead.level && block.strand === lead.strand;
  return plan.blocks.reduce((best, block, i) => {
    if (!same(block)) return best;
    return best === null || discount[i] > discount[plan.blocks.indexOf(best)] ? block : best;
  }, null);
}

const isCounted = (b) => b.status === "finished" && b.attempted > 0;

function progressOf(tables, counted, probabilities, seconds, nextSize) {
  const here = probabilities.indexOf(Math.max(...probabilities));
  const there = (block) => Math.abs(tables.levelIndex.get(block.level) - here) <= NEAR;
  const spokenOf = tables.plan.levels.slice(Math.max(0, here - 1), here + 1).map((level) => level.number);
  const isUntested = (level) => !counted.some((b) => b.block.level === level);
  return {
    limits: tables.plan.stopping,
    probabilities,
    blocks: counted.length,
    items: counted.reduce((n, b) => n + b.attempted, 0),
    strands: new Set(counted.filter((b) => there(b.block)).map((b) => b.block.strand)).size,
    strandsThere: new Set(tables.plan.blocks.filter(there).map((b) => b.strand)).size,
    untested: spokenOf.filter((level) => tables.levelsGiven.has(level) && isUntested(level)).length,
    seconds,
    nextSize,
  };
}

/* The lower index of the two neighbouring levels with the most probability, and their sum. */
function bestPair(probabilities) {
  if (probabilities.length < 2) return { lower: 0, probability: probabilities[0] };
  const sums = probabilities.slice(1).map((p, i) => probabilities[i] + p);
  const probability = Math.max(...sums);
  return { lower: sums.indexOf(probability), probability };
}

const enough = ({ limits, blocks, strands, strandsThere, untested }) =>
  untested === 0 &&
  blocks >= limits.minimum_blocks && strands >= Math.min(limits.minimum_strands, strandsThere);

const STOPPING_RULES = [
  ["sure", (p) => enough(p) && Math.max(...p.probabilities) >= p.limits.sure_probability],
  [
    "between",
    (p) =>
      p.items >= p.limits.between_items &&
      enough(p) &&
      bestPair(p.probabilities).probability >= p.limits.between_probability,
  ],
  ["item_limit", (p) => p.nextSize !== null && p.items + p.nextSize > p.limits.maximum_items],
  ["time_limit", (p) => p.seconds >= p.limits.maximum_seconds],
  ["bank_exhausted", (p) => p.nextSize === null],
];

function decide(state, ability) {
  const { tables, spec, discount } = state;
  const done = state.blocks.filter((b) => b.status === "finished").map((b) => b.block);
  const chosen = done.length ? nextBlock(tables, discount, done, ability) : firstBlock(tables, spec, discount);
  const counted = state.blocks.filter(isCounted);
  const size = chosen ? chosen.items.length : null;
  const progress = progressOf(tables, counted, ability.probabilities, state.seconds, size);
  const rule = STOPPING_RULES.find(([, holds]) => holds(progress));
  return rule ? { kind: "finished", reason: rule[0] } : { kind: "show", block: chosen };
}

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
  if (open.marks.slice(attempted).some((mark) => mark !== "none")) {
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
