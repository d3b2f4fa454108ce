/* Runs in the browser: folds the events of self-run tests with self_test.js. */
import * as item from "/play/static/item_engine.js";
import { apply, begin, step } from "/self/static/self_test.js";

function session({ plan, spec, events }, plans) {
  let state = begin({ plan: plans[plan], spec });
  const steps = [];
  const running = [];
  for (const event of events) {
    state = apply(state, event);
    const due = step(state);
    steps.push(due.item ?? due.reason ?? due.kind);
    const next = item.next(state.test);
    running.push([next.item?.id ?? next.reason, state.answered, state.seconds, state.ended]);
  }
  const { mean, ended } = item.summary(state.test);
  return { steps, running, mean, ended, seconds: state.seconds, answered: state.answered };
}

export function run(text) {
  const { plans, sessions } = JSON.parse(text);
  return JSON.stringify(sessions.map((given) => session(given, plans)));
}
