// A question that has to be answered before anything else is touched. The browser's own (`showModal`) is younger than
// many a school's tablet: the keyboard stays inside, Escape answers with null, and goes back to where it was.

import { element } from "./dom.js";

const REACHED = "button:not(:disabled), a[href], input:not(:disabled), select:not(:disabled), [tabindex='0']";

/** Shows `content(answer)` and resolves to what `answer` is called with; with null after Escape. */
export function askModal(attributes, content) {
  const before = document.activeElement;
  const behind = [...document.body.children].filter((each) => !each.hasAttribute("aria-hidden"));
  return new Promise((resolve) => {
    const dialog = element("dialog", { open: true, role: "dialog", "aria-modal": "true", tabindex: "-1", ...attributes });
    const veil = element("div", { class: "veil", onkeydown: (e) => keys(e, dialog, answer) }, dialog);
    const stay = (e) => veil.contains(e.target) || dialog.focus();
    const answer = (value) => {
      document.removeEventListener("focusin", stay);
      behind.forEach((each) => each.removeAttribute("aria-hidden"));
      veil.remove();
      (before.isConnected ? before : document.getElementById(before.id))?.focus({ preventScroll: true });
      resolve(value);
    };
    dialog.append(...content(answer).filter(Boolean));
    behind.forEach((each) => each.setAttribute("aria-hidden", "true"));
    document.body.append(veil);
    document.addEventListener("focusin", stay);
    (dialog.querySelector(REACHED) ?? dialog).focus({ preventScroll: true });
  });
}

function keys(e, dialog, answer) {
  if (e.key === "Escape") answer(null);
  else if (e.key === "Tab") goRound(e, dialog);
  // Keys of the page behind, such as those that mark, mean nothing here.
  e.stopPropagation();
}

function goRound(e, dialog) {
  const all = [...dialog.querySelectorAll(REACHED)].filter((each) => each.tabIndex >= 0);
  const [first, last] = [all[0], all[all.length - 1]];
  const from = document.activeElement;
  if (e.shiftKey ? from !== first && from !== dialog : from !== last) return;
  e.preventDefault();
  (e.shiftKey ? last : first)?.focus();
}
