// The JSON API. Every call ends in an answer or a `Failure` that says what to do about it.

const PATIENCE_MS = 10000;

/** `status` 0: no answer (no network, server down, too slow). `body` is the API's error, if it sent one. */
export class Failure extends Error {
  constructor(status, body = null) {
    super(body?.error?.code ?? `status ${status}`);
    this.status = status;
    this.code = body?.error?.code ?? "";
    this.text = body?.error?.message ?? "";
    this.data = body?.error?.data ?? {};
    this.problems = body?.error?.problems ?? [];
  }

  /** Worth trying again later without anybody doing anything. */
  get passing() {
    return this.status === 0 || this.status === 408 || this.status === 429 || this.status >= 500;
  }
}

/** The answer's data. `patience`: milliseconds until no answer counts as none. */
export async function call(path, options = {}, patience = PATIENCE_MS) {
  const stop = new AbortController();
  const timer = setTimeout(() => stop.abort(), patience);
  let answer;
  try {
    answer = await fetch(path, { cache: "no-store", signal: stop.signal, ...options });
  } catch {
    throw new Failure(0);
  } finally {
    clearTimeout(timer);
  }
  const body = await answer.json().catch(() => null);
  if (!answer.ok) throw new Failure(answer.status, body);
  if (body === null) throw new Failure(0);
  return body;
}

export const post = (path, data, patience) =>
  call(path, { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(data) }, patience);

export const startAttempt = (request) => post("/api/v1/attempts", request);

export const getSitting = (attemptId) => call(`/api/v1/attempts/${attemptId}`);

/** Returns the number up to which the server holds every event. */
export async function postEvents(attemptId, events) {
  return (await post(`/api/v1/attempts/${attemptId}/events`, { events })).acknowledged;
}
