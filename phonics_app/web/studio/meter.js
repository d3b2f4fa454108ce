// The loudness, drawn by itself: the rest of the page stays as it is.

const LOUD_DB = -1;

/** Draws `microphone`'s loudness into `bar` as long as it is shown. */
export function watchLevel(bar, microphone) {
  if (!bar?.isConnected) return;
  const peak = microphone.peak;
  bar.style.setProperty("--level", String(Math.max(0, 1 + peak / 60)));
  bar.classList.toggle("loud", peak > LOUD_DB);
  bar.setAttribute("aria-valuenow", String(Math.round(peak)));
  requestAnimationFrame(() => watchLevel(bar, microphone));
}
