/* The item-by-item test on the device: the same decisions as phonics_app/engine/item_test.py (Python), from the pool's
 * JSON alone (engine/item_json.py). Pure functions; states are frozen and never changed. tests/golden holds this file
 * to the Python engine.
 *
 * begin(pool, spec) -> state                  spec: {prior: {mean, standard_deviation}, seed, seen_items}
 * answer(state, {item, right, seconds}) -> state
 *                                             `seconds` since the test began. Throws where another item was shown
 * stopByTeacher(state) -> state
 * replay(pool, spec, answers) -> state
 * next(state) -> {kind: "show", item} | {kind: "finished", reason}
 *                                             item: an item of the pool
 * summary(state) -> {ended, mean, deviation, probabilities, level, items, strands}
 *                                             level: index of the most probable one; strands: items of each answered
 */

import { TIE, gridIndex, informationAt, logLikelihood, orderAt, tablesOf } from "./item_tables.js";

const WORTH = 0.5; // engine/item_choice.py

/* ---- The test: engine/item_test.py ---- */

export function begin(pool, spec) {
  const tables = tablesOf(pool);
  const { mean, standard_deviation: sd } = spec.prior;
  const logPrior = tables.theta.map((t) => -0.5 * ((t - mean) / sd) ** 2);
  const told = tables.theta.map(() => 0);
  const seen = (spec.seen_items ?? []).filter((id) => tables.position.has(id));
  return decide({
    tables,
    spec,
    logPrior,
    logLikelihood: told,
    closed: new Set(seen.map((id) => tables.position.get(id))),
    given: pool.strands.map(() => 0),
    known: estimate(tables, logPrior, told),
    answers: [],
    next: null,
    ended: null,
  });
}

export function answer(state, given) {
  if (state.next === null || given.item !== state.next.id) {
    throw new Error(`${given.item} was answered where ${state.next?.id ?? "nothing"} was shown`);
  }
  const { tables, logPrior, closed } = state;
  const i = tables.position.get(given.item);
  const told = logLikelihood(tables, i, given.right).map((log, g) => log + state.logLikelihood[g]);
  return decide({
    ...state,
    logLikelihood: told,
    closed: new Set(closed).add(i),
    given: state.given.map((n, s) => n + (s === tables.strand[i] ? 1 : 0)),
    known: estimate(tables, logPrior, told),
    answers: [...state.answers, given],
  });
}

export const stopByTeacher = (state) =>
  state.ended === null ? Object.freeze({ ...state, next: null, ended: "teacher" }) : state;

export const replay = (pool, spec, answers) => answers.reduce(answer, begin(pool, spec));

export const next = ({ next: item, ended }) =>
  ended === null ? { kind: "show", item } : { kind: "finished", reason: ended };

export function summary({ ended, known, given, answers }) {
  const top = Math.max(...known.probabilities);
  const level = known.probabilities.findIndex((p) => p >= top - TIE);
  return { ended, ...known, level, items: answers.length, strands: given };
}

function decide(state) {
  const reason = stopReason(state);
  if (reason !== null) return Object.freeze({ ...state, next: null, ended: reason });
  const chosen = choose(state, draw(state.spec.seed, state.answers.length));
  return Object.freeze({ ...state, next: state.tables.pool.items[chosen] });
}

/* ---- What is known: engine/item_sitting.py, ability.py ---- */

function estimate({ theta, levelShare }, logPrior, told) {
  const weight = logPrior.map((prior, g) => prior + told[g]);
  const top = Math.max(...weight);
  const posterior = weight.map((w) => Math.exp(w - top));
  const total = posterior.reduce((a, b) => a + b, 0);
  for (let g = 0; g < posterior.length; g++) posterior[g] /= total;
  const mean = dot(posterior, theta);
  const variance = dot(posterior, theta.map((t) => t * t)) - mean * mean;
  return {
    mean,
    deviation: Math.sqrt(Math.max(variance, 0)),
    probabilities: levelShare.map((share) => dot(share, posterior)),
  };
}

function dot(a, b) {
  let total = 0;
  for (let g = 0; g < a.length; g++) total += a[g] * b[g];
  return total;
}

/* ---- The next item: engine/item_choice.py, draws.py ---- */

export function draw(seed, position) {
  return mixed(mixed(seed) + Math.imul(0x9e3779b9, position + 1)) / 2 ** 32;
}

function mixed(word) {
  word = Math.imul(word ^ (word >>> 16), 0x85ebca6b);
  word = Math.imul(word ^ (word >>> 13), 0xc2b2ae35);
  return (word ^ (word >>> 16)) >>> 0;
}

function choose(state, uniform) {
  const open = openItems(state);
  const [strand, rest] = chooseStrand(state, takingPart(state, open), uniform);
  return open[strand][Math.floor(rest * open[strand].length)];
}

/* Of each strand the best items at the estimate that may be shown, as many as are drawn from. */
function openItems({ tables, known, closed }) {
  const point = gridIndex(tables, known.mean);
  const { among } = tables.pool;
  return tables.pool.strands.map((_, strand) => {
    const found = [];
    for (const i of orderAt(tables, point, strand, closed.size + among)) {
      if (!closed.has(i)) found.push(i);
      if (found.length === among) break;
    }
    return found;
  });
}

/* Whether each strand has an item worth asking left. */
function takingPart({ tables, known }, open) {
  const information = informationAt(tables, gridIndex(tables, known.mean));
  const told = open.map(([best]) => (best === undefined ? -Infinity : information[best]));
  const most = Math.max(...told);
  return told.map((t) => t > -Infinity && t >= WORTH * most - TIE);
}

/* The strand furthest behind its share, and what is left of the random number once ties are decided. */
function chooseStrand({ tables, given, answers }, part, uniform) {
  const behind = tables.pool.shares.map((share, s) => (part[s] ? share * (answers.length + 1) - given[s] : -Infinity));
  const most = Math.max(...behind);
  const tied = [...behind.keys()].filter((s) => behind[s] >= most - TIE);
  const scaled = uniform * tied.length;
  return [tied[Math.floor(scaled)], scaled - Math.floor(scaled)];
}

/* ---- When it ends: engine/item_stopping.py ---- */

const RULES = {
  not_worth_more: ({ known }, rule) => known.deviation <= at(rule.mean, rule.deviation, known.mean) + TIE,
  sure: ({ known }, rule) => Math.max(...known.probabilities) >= rule.probability - TIE,
  all_cuts_decided: ({ tables, logLikelihood: told }, { half_width: half, error }) =>
    tables.pool.cuts.every((cut) => {
      const ratio = at(tables.pool.grid, told, cut + half) - at(tables.pool.grid, told, cut - half);
      return Math.abs(ratio) >= Math.log((1 - error) / error) - TIE;
    }),
};

/* `values` at the points of a grid, interpolated; the edges held. */
function at({ minimum, maximum, points }, values, point) {
  const where = Math.min(points - 1, Math.max(0, ((point - minimum) / (maximum - minimum)) * (points - 1)));
  const left = Math.min(Math.floor(where), points - 2);
  return values[left] + (where - left) * (values[left + 1] - values[left]);
}

/* The first reason that holds, null: go on. A rule comes first, then the limits in their order. */
function stopReason(state) {
  const { tables, answers, closed } = state;
  const { rule, limits, items } = tables.pool;
  const seconds = answers[answers.length - 1]?.seconds ?? 0;
  if (RULES[rule.reason](state, rule) && seenEnough(state, limits)) return rule.reason;
  if (answers.length >= limits.maximum_items) return "item_limit";
  if (seconds >= limits.maximum_seconds) return "time_limit";
  return closed.size === items.length ? "bank_exhausted" : null;
}

/* Items enough, and of every strand that could be asked its minimum. */
function seenEnough(state, limits) {
  const short = state.given.map((n) => n < limits.minimum_per_strand);
  if (state.answers.length < limits.minimum_items) return false;
  if (!short.some(Boolean)) return true;
  const part = takingPart(state, openItems(state));
  return !short.some((isShort, s) => isShort && part[s]);
}
