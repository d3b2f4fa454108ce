/* What an item-by-item test computes from its pool: curves, information and order of the items at a point of the grid.
 * As phonics_app/engine/item_curves.py and item_pool.py. Everything is made when it is first asked for and then kept:
 * a test visits some dozen points of the grid, and looks at the best items there. */

export const TIE = 1e-9; // engine/item_pool.py
const LEAST = 1e-300; // engine/item_curves.py
const PROBIT = Math.PI / 8; // engine/ability.py
const SPARE = 32; // items of a strand put in order beyond those that a choice looks at, so that the next finds them too

const tablesByPool = new WeakMap();

export function tablesOf(pool) {
  if (!tablesByPool.has(pool)) tablesByPool.set(pool, makeTables(pool));
  return tablesByPool.get(pool);
}

function makeTables(pool) {
  const { minimum, maximum, points } = pool.grid;
  const theta = Float64Array.from({ length: points }, (_, g) => minimum + (g * (maximum - minimum)) / (points - 1));
  const strand = pool.items.map((item) => pool.strands.indexOf(item.strand));
  return {
    pool,
    theta,
    levelShare: levelShares(theta, pool.cuts),
    position: new Map(pool.items.map((item, i) => [item.id, i])),
    strand,
    ofStrand: pool.strands.map((_, s) => Int32Array.from(strand.keys()).filter((i) => strand[i] === s)),
    steepness: steepnesses(pool),
    information: new Map(),
    order: new Map(),
  };
}

/* The share of every grid cell that lies in each level. */
function levelShares(theta, cuts) {
  const step = theta[1] - theta[0];
  const below = [
    theta.map(() => 0),
    ...cuts.map((cut) => theta.map((t) => Math.min(1, Math.max(0, (cut - t) / step + 0.5)))),
    theta.map(() => 1),
  ];
  return below.slice(1).map((upper, k) => upper.map((u, g) => u - below[k][g]));
}

/* What is left of each item's slope where it and the difficulty are not known: items × factors. */
function steepnesses(pool) {
  const factors = pool.slope_factors.length;
  const found = new Float64Array(pool.items.length * factors);
  pool.items.forEach(({ slope, standard_error: error }, i) => {
    pool.slope_factors.forEach(([factor], f) => {
      const a = slope * factor;
      found[i * factors + f] = a / Math.sqrt(1 + PROBIT * (a * error) ** 2);
    });
  });
  return found;
}

/* Probability of a right and of a wrong answer to item `i`, and the derivative of the first, into `into`. */
function curve({ pool, steepness }, i, theta, into) {
  const { difficulty, guessing } = pool.items[i];
  const factors = pool.slope_factors;
  const known = 1 - pool.lapse - guessing;
  into[0] = into[1] = into[2] = 0;
  for (let f = 0; f < factors.length; f++) {
    const weight = factors[f][1];
    const steep = steepness[i * factors.length + f];
    const logit = steep * (theta - difficulty);
    const small = Math.exp(-Math.abs(logit));
    const near = 1 / (1 + small);
    const above = logit >= 0 ? near : small * near;
    const below = logit >= 0 ? small * near : near;
    into[0] += weight * (guessing + known * above);
    into[1] += weight * (pool.lapse + known * below);
    into[2] += weight * known * steep * above * below;
  }
  into[0] = Math.max(into[0], LEAST);
  into[1] = Math.max(into[1], LEAST);
}

/* Log probability of the answer at every point of the grid. */
export function logLikelihood(tables, i, right) {
  const at = new Float64Array(3);
  return tables.theta.map((theta) => {
    curve(tables, i, theta, at);
    return Math.log(at[right ? 0 : 1]);
  });
}

/* The grid point nearest to an estimate, the upper one of two; estimates lie within the grid. */
export function gridIndex({ pool }, mean) {
  const { minimum, maximum, points } = pool.grid;
  return Math.floor(((mean - minimum) / (maximum - minimum)) * (points - 1) + (0.5 + TIE));
}

/* Fisher information of every item at a grid point. */
export function informationAt(tables, point) {
  if (!tables.information.has(point)) {
    const found = new Float64Array(tables.pool.items.length);
    const at = new Float64Array(3);
    for (let i = 0; i < found.length; i++) {
      curve(tables, i, tables.theta[point], at);
      found[i] = at[2] ** 2 / (at[0] * at[1]);
    }
    tables.information.set(point, found);
  }
  return tables.information.get(point);
}

/* Items of a strand, those that tell most first: at least `depth` of them, where there are as many. */
export function orderAt(tables, point, strand, depth) {
  const key = point * tables.ofStrand.length + strand;
  const items = tables.ofStrand[strand];
  const found = tables.order.get(key);
  if (found && (found.length >= depth || found.length === items.length)) return found;
  tables.order.set(key, bestFirst(informationAt(tables, point), items, depth + SPARE));
  return tables.order.get(key);
}

/* Where neighbours in the order tie, by position. */
function bestFirst(information, items, depth) {
  const least = items.length > depth ? leastOf(information, items, depth) : -Infinity;
  const first = items.filter((i) => information[i] >= least);
  first.sort((i, j) => information[j] - information[i] || i - j);
  for (let from = 0, to = 1; to <= first.length; to++) {
    if (to < first.length && information[first[to - 1]] - information[first[to]] <= TIE) continue;
    if (to - from > 1) first.subarray(from, to).sort();
    from = to;
  }
  return first;
}

/* What the last of the first `depth` tells, and of those that tie with him. The native sort of plain numbers is many
 * times as fast as one that asks a function: only those who are found here are put in order with one. */
function leastOf(information, items, depth) {
  const ranked = new Float64Array(items.length);
  for (let k = 0; k < ranked.length; k++) ranked[k] = information[items[k]];
  ranked.sort();
  let last = ranked.length - depth;
  while (last > 0 && ranked[last] - ranked[last - 1] <= TIE) last--;
  return ranked[last];
}
