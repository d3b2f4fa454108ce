// Opening an attempt: what the device kept and what the server holds become one list of events.

import { Failure, getSitting } from "./api.js";
import { mergeEvents } from "./store.js";

/**
 * Returns `{sitting, events, acknowledged, agree, server}`; throws the server's `Failure` when neither side
 * has the sitting. `agree` false: device and server hold different events under the same numbers.
 */
export async function loadAttempt(attemptId, store) {
  const kept = await store.load(attemptId);
  let answer;
  try {
    answer = await getSitting(attemptId);
  } catch (failure) {
    // Without a network the test goes on from what the device has; a refusal by the server is final.
    const mayGoOn = failure instanceof Failure && (failure.passing || failure.status === 401);
    if (!mayGoOn || kept.sitting === null) throw failure;
    return { ...kept, agree: true, server: null };
  }
  const { events: stored, simulated, ...sitting } = answer;
  const { events, same } = mergeEvents(kept.events, stored);
  const known = { sitting, events: same ? events : kept.events, acknowledged: same ? stored.length : 0 };
  if (same) await store.replace(attemptId, sitting, known.events, known.acknowledged);
  return { ...known, agree: same, server: { sitting, events: stored } };
}

/** Forgets what other attempts left here, as far as the server holds all of it: pupils share this device. */
export async function tidy(attemptId, store) {
  for (const id of await store.settled()) if (id !== attemptId) await store.remove(id);
}
