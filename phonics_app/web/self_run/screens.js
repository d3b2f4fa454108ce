// The parts that screens are made of: one thing to do on each, as large as a child's finger needs.

import { button, element } from "/play/static/dom.js";
import { lookMenu } from "/play/static/look.js";

const UNSEEN_MS = 250;

/** A picture beside words that say the same. */
export const picture = (sign, kind = "") => element("span", { class: `picture ${kind}`.trim(), "aria-hidden": "true" }, sign);

/** A whole screen; its heading gets the focus, so that a screen reader begins there. */
export function screen({ page, texts }, name, title, ...content) {
  const heading = element("h1", { tabindex: "-1", id: "heading" }, title);
  const simulated = page.simulated && element("p", { class: "simulated" }, texts.get("simulated"));
  queueMicrotask(() => heading.isConnected && heading.focus({ preventScroll: true }));
  return element("main", { class: `screen ${name}`, "data-screen": name }, simulated, element("div", { class: "corner" }, lookMenu(texts), languageSwitch(texts)), heading, ...content);
}

function languageSwitch(texts) {
  const go = () => {
    texts.toggle();
    window.location.reload();
  };
  return button({ class: "language", lang: texts.other, onclick: go }, texts.get("other_language"));
}

/** Resolves when what has just been changed is on screen; soon in any case, since a hidden page paints nothing. */
export const painted = () =>
  new Promise((resolve) => {
    requestAnimationFrame(() => setTimeout(resolve));
    setTimeout(resolve, UNSEEN_MS);
  });

/** Nothing can be pressed twice while `work` goes on. (`inert` is younger than many a school's tablet.) */
export async function whileBusy(root, work) {
  const stop = (e) => {
    e.stopPropagation();
    e.preventDefault();
  };
  root.addEventListener("click", stop, true);
  root.setAttribute("aria-busy", "true");
  try {
    await work();
  } finally {
    root.removeEventListener("click", stop, true);
    root.removeAttribute("aria-busy");
  }
}

/** The ear: hears the sound again. */
export const ear = (texts, onclick, id = "listen") =>
  button({ class: "ear", id, onclick, "aria-label": texts.get("listen") }, picture("🔊"));

/** Words, a picture and buttons. */
export const panel = (sign, words, ...buttons) => [
  picture(sign, "large"),
  ...words.filter(Boolean).map((word) => element("p", {}, word)),
  element("div", { class: "two" }, ...buttons),
];
