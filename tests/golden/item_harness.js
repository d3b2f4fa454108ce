/* Runs in the browser: gives the sittings of tests/golden/item_sessions.py with item_engine.js. */
import * as engine from "/item_engine.js";

const PACE = 5; // item_sessions.py

function session(pool, { prior, seed, seen, right, ended }) {
  const position = new Map(pool.items.map((item, i) => [item.id, i]));
  const spec = {
    prior: { mean: prior[0], standard_deviation: prior[1] },
    seed,
    seen_items: seen.map((i) => pool.items[i].id),
  };
  let state = engine.begin(pool, spec);
  const means = [engine.summary(state).mean];
  const answers = [];
  while (engine.next(state).kind === "show" && answers.length < right.length) {
    const { item } = engine.next(state);
    answers.push({ item: item.id, right: right[answers.length] === "1", seconds: PACE * (answers.length + 1) });
    state = engine.answer(state, answers.at(-1));
    means.push(engine.summary(state).mean);
  }
  if (ended === "teacher") state = engine.stopByTeacher(state);
  const { deviation, probabilities, ...end } = engine.summary(state);
  const again = engine.summary(engine.replay(pool, spec, answers));
  return {
    items: answers.map((a) => position.get(a.item)),
    means,
    deviation,
    probabilities,
    ended: end.ended,
    level: end.level,
    replayed: ended === "teacher" || (again.ended === end.ended && again.mean === end.mean),
  };
}

/* As text both ways: the browser's own channel takes its time with each number. */
export function run(text) {
  const { pools, sessions } = JSON.parse(text);
  return JSON.stringify(sessions.map((given) => session(pools[given.world], given)));
}

/* Milliseconds from each answer to the next item, a new test every 30 answers, with nothing kept from the one before;
 * the answers are draws. */
export function times(pool, count) {
  const spec = { prior: { mean: 0, standard_deviation: 2 }, seed: 1, seen_items: [] };
  const taken = [];
  let state = engine.begin(pool, spec);
  for (let n = 0; n < count; n++) {
    if (n % 30 === 0) state = engine.begin({ ...pool }, { ...spec, seed: n });
    const given = { item: engine.next(state).item.id, right: engine.draw(7, n) < 0.5, seconds: 0 };
    const started = performance.now();
    state = engine.answer(state, given);
    taken.push(performance.now() - started);
  }
  return taken;
}
