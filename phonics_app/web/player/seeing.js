// Where pupils see the words, and how much at once, as it was chosen last on this device.

export const WAYS = ["between", "turned", "second", "paper"];
export const PORTIONS = ["block", "line", "item"];

/** What was chosen last of those that are allowed, else the first of them. */
export function remembered(key, allowed) {
  try {
    const kept = localStorage.getItem(`phonics-pupil-${key}`);
    return allowed.includes(kept) ? kept : allowed[0];
  } catch {
    return allowed[0];
  }
}

/** Storage may be switched off: then the choice holds for this page alone. */
export function remember(key, value) {
  try {
    localStorage.setItem(`phonics-pupil-${key}`, value);
  } catch {
    // nothing depends on it
  }
}

export const rememberedWay = () => remembered("sees", WAYS);
