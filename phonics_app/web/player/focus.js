// Where the keyboard is after a change of the screen.

const isNowhere = () => !document.activeElement || document.activeElement === document.body;

/** What has it: its id, or its item; null where nothing on the page has it, as when Tab has gone beyond its end. */
export const focusedNow = () =>
  isNowhere() ? null : document.activeElement.id || document.activeElement.dataset.item || "";

/** The same thing again; where that is gone the heading, so that a screen reader reads on from there. */
export function focusOn(place, root) {
  const again = place && (document.getElementById(place) ?? root.querySelector(`[data-item="${CSS.escape(place)}"]`));
  if (again && !again.disabled) {
    again.focus({ preventScroll: true });
    return;
  }
  const heading = root.querySelector("h1");
  if (!heading || !(isNowhere() || document.activeElement.disabled)) return;
  heading.tabIndex = -1;
  heading.focus({ preventScroll: true });
}

/** From a bar that is gone: to what is touched next, a stop by rule to the words that say so. */
export function focusBar(bar, items) {
  const next = bar.getAttribute("role") === "alertdialog" ? bar : (items ?? bar.querySelector(".primary:not(:disabled)") ?? bar.querySelector("button:not(:disabled)"));
  next?.focus({ preventScroll: true });
}
