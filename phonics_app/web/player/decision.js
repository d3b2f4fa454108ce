/* The decisions of the engine on the device, as phonics_app/engine makes them: curves and tables of a plan, rules by
 * name, ability, the choice of the next block and the stopping rules. Administration is in engine.js. */

import { askedIn } from "./asking.js";

const NEAR = 1; // engine/tables.py
const BALANCE = 0.7; // engine/selection.py, as SEEN, LAST and TIE
const SEEN = 0.75;
const LAST = 0.001;
const TIE = 1e-9; // and engine/stopping.py
const AHEAD = 2; // engine/worth.py, as NOTHING
const NOTHING = -Infinity;

/* ---- Curves and tables: engine/ability.py, engine/tables.py ---- */

const softplus = (x) => (x > 0 ? x + Math.log1p(Math.exp(-x)) : Math.log1p(Math.exp(x)));

/* Every sharpness with every kind of guessers: domain/plan.py, Plan.kinds. A plan of before says of neither. */
function kindsOf({ sharpness = [1], guessers = [{ share: 1, guessing: 0 }] }) {
  const share = 1 / sharpness.length;
  return sharpness.flatMap((factor) =>
    guessers.map((g) => ({ sharpness: factor, guessing: g.guessing, share: g.share * share })),
  );
}

/* Over the whole grid: all thetas for the first kind of pupils, then all for the second, and so on. */
function logCurves(item, theta, kinds) {
  const { difficulty: b, standard_error: se } = item;
  const points = theta.length / kinds.length;
  const right = new Float64Array(theta.length);
  const wrong = new Float64Array(theta.length);
  for (let g = 0; g < theta.length; g++) {
    const kind = kinds[Math.floor(g / points)];
    const c = item.slope ? Math.max(item.guessing, kind.guessing) : item.guessing; // without a slope it says nothing
    const open = Math.log1p(-c);
    const a = item.slope * kind.sharpness;
    const logit = (a / Math.sqrt(1 + (Math.PI / 8) * (a * se) ** 2)) * (theta[g] - b);
    const known = open - softplus(-logit);
    right[g] = c > 0 ? Math.log(c) + softplus(known - Math.log(c)) : known;
    wrong[g] = open - softplus(logit);
  }
  return { right, wrong };
}

/* The share of every grid cell that lies in each level. `cuts`: of each level, one for each kind. */
function levelShares(points, cuts, kinds) {
  const step = points[1] - points[0];
  const below = (cut, g) => Math.min(1, Math.max(0, (cut - points[g]) / step + 0.5));
  return cuts.map((own, k) => {
    const share = new Float64Array(points.length * kinds);
    for (let f = 0; f < kinds; f++) {
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

export function tablesOf(plan) {
  if (!tablesByPlan.has(plan)) tablesByPlan.set(plan, makeTables(plan));
  return tablesByPlan.get(plan);
}

function makeTables(plan) {
  const { minimum, maximum, points: count } = plan.grid;
  const kinds = kindsOf(plan);
  const points = Float64Array.from({ length: count }, (_, g) => minimum + (g * (maximum - minimum)) / (count - 1));
  const theta = Float64Array.from({ length: count * kinds.length }, (_, g) => points[g % count]);
  const cuts = plan.levels.map((level) => (level.cuts?.length ? level.cuts : [level.cut]));
  const curves = new Map(plan.items.map((item) => [item.id, logCurves(item, theta, kinds)]));
  const levelShare = levelShares(points, cuts, kinds.length);
  return {
    plan,
    theta,
    logShare: theta.map((_, g) => Math.log(kinds[Math.floor(g / count)].share)),
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

export const isRight = (mark) => mark !== "incorrect"; // EGRA-SC: a self-correction counts as correct

function firstAllWrong(marks, count) {
  if (count < 1 || count > marks.length || marks.slice(0, count).some((mark) => mark !== "incorrect")) return null;
  return marks.reduce((last, mark, i) => (mark === "none" ? last : i), -1);
}

const AUTO_STOP_RULES = {
  "EGRA-STOP-N": (block, marks) => firstAllWrong(marks, block.auto_stop_count),
  "EGRA-STOP-LINE1": (block, marks) => firstAllWrong(marks, Math.min(block.line_length, marks.length)),
};

export const stopIndex = (block, marks) => AUTO_STOP_RULES[block.auto_stop]?.(block, marks) ?? null;

/* ---- Ability, selection, stopping: engine/decision.py, selection.py, stopping.py ---- */

export function estimate(tables, spec, counted) {
  const { theta, logShare, levelShare } = tables;
  const { mean, standard_deviation: sd } = spec.prior;
  const weight = theta.map((t, g) => -0.5 * ((t - mean) / sd) ** 2 + logShare[g]);
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

export function seenDiscount(plan, seenItems) {
  const seen = new Set(seenItems);
  return plan.blocks.map(({ items }) => {
    const share = items.filter((id) => seen.has(id)).length / items.length;
    return (1 - SEEN * share) * (share > 0 && plan.unseen_first ? LAST : 1);
  });
}

function isNear(tables, a, b) {
  return Math.abs(tables.levelIndex.get(a) - tables.levelIndex.get(b)) <= NEAR;
}

/* Blocks that a sure test still owes the teacher: of the proposed level and the one below it, where none counts. */
function stillToBeSeen(tables, done, counted, probabilities) {
  const top = Math.max(...probabilities);
  const here = probabilities.indexOf(top);
  const sure = top >= tables.plan.stopping.sure_probability;
  const spokenOf = (block) => [here, here - 1].includes(tables.levelIndex.get(block.level));
  const tested = new Set(counted.map((b) => b.block.level));
  return tables.plan.blocks.map(
    (block) => sure && spokenOf(block) && !tested.has(block.level) && !done.includes(block),
  );
}

function nextBlock(tables, discount, done, counted, ability) {
  const information = levelInformation(tables, ability);
  const values = tables.plan.blocks.map((block, i) => {
    if (done.includes(block)) return -Infinity;
    const near = done.filter((d) => d.strand === block.strand && isNear(tables, d.level, block.level)).length;
    return information[i] * BALANCE ** near * discount[i];
  });
  const wanted = stillToBeSeen(tables, done, counted, ability.probabilities);
  if (wanted.some(Boolean)) wanted.forEach((want, i) => (values[i] = want ? values[i] : -Infinity));
  const top = Math.max(...values);
  if (top === -Infinity) return null;
  const alike = [...values.keys()].filter((i) => values[i] >= top - TIE);
  const unseen = tables.plan.unseen_first ? alike.find((i) => discount[i] >= 1) : undefined;
  return tables.plan.blocks[unseen ?? alike[0]];
}

export function firstBlock(tables, spec, discount) {
  const { plan, levelIndex } = tables;
  if (plan.order === "fixed") return plan.blocks[0];
  const start = levelIndex.get(spec.start_level) ?? 0;
  const distance = (block) => Math.abs(levelIndex.get(block.level) - start);
  const nearest = Math.min(...plan.blocks.map(distance));
  const lead = plan.blocks.find((block) => distance(block) === nearest);
  const fits = ({ level, strand }) => level === lead.level && (plan.unseen_first || strand === lead.strand);
  const value = (block, i) => (fits(block) ? discount[i] : -Infinity);
  const values = plan.blocks.map(value);
  const best = Math.max(...values);
  return plan.blocks[values.findIndex((v) => v >= best - TIE)];
}

export const isCounted = (b) => b.status === "finished" && b.attempted > 0;

function progressOf(tables, counted, probabilities, seconds, nextSize) {
  const here = probabilities.indexOf(Math.max(...probabilities));
  const there = (block) => Math.abs(tables.levelIndex.get(block.level) - here) <= NEAR;
  const isOpen = (level) => tables.levelsGiven.has(level) && !counted.some((b) => b.block.level === level);
  return {
    limits: tables.plan.stopping,
    probabilities,
    blocks: counted.length,
    items: counted.reduce((n, b) => n + b.attempted, 0),
    strands: new Set(counted.filter((b) => there(b.block)).map((b) => b.block.strand)).size,
    strandsThere: new Set(tables.plan.blocks.filter(there).map((b) => b.strand)).size,
    tested: tables.plan.levels.map((level) => !isOpen(level.number)),
    seconds,
    nextSize,
  };
}

/* The lower index of the two neighbouring levels with the most probability, and their sum. */
export function bestPair(probabilities) {
  if (probabilities.length < 2) return { lower: 0, probability: probabilities[0] };
  const sums = probabilities.slice(1).map((p, i) => probabilities[i] + p);
  const probability = Math.max(...sums);
  return { lower: sums.indexOf(probability), probability };
}

/* Enough blocks and strands, and the levels spoken of (from index `first` to `last`) tested. */
const enough = ({ limits, blocks, strands, strandsThere, tested }, first, last) =>
  tested.slice(Math.max(0, first), last + 1).every(Boolean) &&
  blocks >= limits.minimum_blocks &&
  strands >= Math.min(limits.minimum_strands, strandsThere);

function isSure(p) {
  const probability = Math.max(...p.probabilities);
  const here = p.probabilities.indexOf(probability);
  if (p.worth > TIE) return false;
  return probability >= p.limits.sure_probability && enough(p, here - 1, here);
}

function isBetween(p) {
  const { lower, probability } = bestPair(p.probabilities);
  if (p.worth > TIE || (p.limits.item_cost && Math.max(...p.probabilities) >= p.limits.sure_probability)) return false;
  if (p.items < p.limits.between_items || probability < p.limits.between_probability) return false;
  return enough(p, lower, lower + 1);
}

/* Of going on, beyond its cost: engine/worth.py. A plan of before says of no cost, and weighs nothing. */
function worthOf(tables, ability, block, items) {
  const { item_cost: cost, maximum_items: most } = tables.plan.stopping;
  if (!cost) return NOTHING;
  const size = block.items.length;
  const now = Math.max(...ability.probabilities);
  const worths = Array.from({ length: AHEAD }, (_, n) => (n + 1) * size)
    .filter((more) => items + more <= most)
    .map((more) => knownAfter(tables, ability, block, more) - now - cost * more);
  return Math.max(NOTHING, ...worths);
}

/* Expected probability of the most probable level after so many answers like those of the block. */
function knownAfter(tables, ability, block, items) {
  const curve = tables.blockCurve[tables.plan.blocks.indexOf(block)];
  let ways = 1;
  let known = 0;
  for (let right = 0; right <= items; right++) {
    const chance = ability.posterior.map((p, g) => p * ways * curve[g] ** right * (1 - curve[g]) ** (items - right));
    const ofLevel = tables.levelShare.map((share, k) =>
      tables.levelColumns[k].reduce((total, g) => total + share[g] * chance[g], 0),
    );
    known += Math.max(...ofLevel);
    ways = (ways * (items - right)) / (right + 1);
  }
  return known;
}

const STOPPING_RULES = [
  ["sure", isSure],
  ["between", isBetween],
  ["item_limit", (p) => p.nextSize !== null && p.items + p.nextSize > p.limits.maximum_items],
  ["time_limit", (p) => p.seconds >= p.limits.maximum_seconds],
  ["bank_exhausted", (p) => p.nextSize === null],
];

/* A fixed form: every block that is not finished, in the plan's order; no questions about what was not read. */
function nextInOrder({ plan, items }, blocks, done) {
  const block = plan.blocks.find((each) => !done.includes(each) && askedIn(plan, items, blocks, each) > 0);
  return block ? { kind: "show", block } : { kind: "finished", reason: "form_complete" };
}

export function decide(state, ability) {
  const { tables, spec, discount } = state;
  const done = state.blocks.filter((b) => b.status === "finished").map((b) => b.block);
  if (tables.plan.order === "fixed") return nextInOrder(tables, state.blocks, done);
  const counted = state.blocks.filter(isCounted);
  const chosen = done.length ? nextBlock(tables, discount, done, counted, ability) : firstBlock(tables, spec, discount);
  const size = chosen ? chosen.items.length : null;
  const progress = progressOf(tables, counted, ability.probabilities, state.seconds, size);
  const worth = chosen ? worthOf(tables, ability, chosen, progress.items) : NOTHING;
  const rule = STOPPING_RULES.find(([, holds]) => holds({ ...progress, worth }));
  return rule ? { kind: "finished", reason: rule[0] } : { kind: "show", block: chosen };
}
