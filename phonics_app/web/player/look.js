// Letters and layout as this device remembers them: size, spacing, shape of the letters, and for which hand the buttons
// are. They stand as data-… on the root element; look.css does the rest, so a change is on screen at once.

import { button, element } from "./dom.js";

const KEY = "phonics-look";
/** Setting → its values, the first of which holds until another is chosen. */
export const CHOICES = {
  size: ["1", "2", "3"],
  spacing: ["usual", "wide"],
  letters: ["school", "book"],
  hand: ["right", "left"],
};
// What a value looks like, beside its name.
const SAMPLES = {
  size: { 1: "a", 2: "a", 3: "a" },
  spacing: { usual: "abc", wide: "abc" },
  letters: { school: "a g", book: "a g" },
  hand: { right: "▭▮", left: "▮▭" },
};

/** What is remembered; where a browser keeps nothing, what was chosen holds until the page is closed. */
function remembered() {
  try {
    return JSON.parse(localStorage.getItem(KEY)) ?? {};
  } catch {
    return {};
  }
}

export const lookNow = () =>
  Object.fromEntries(Object.keys(CHOICES).map((name) => [name, document.documentElement.dataset[name]]));

function choose(name, value) {
  document.documentElement.dataset[name] = value;
  try {
    localStorage.setItem(KEY, JSON.stringify(lookNow()));
  } catch {
    // It holds for this page.
  }
}

/** Puts on the page what this device remembers; a value that is no longer known falls back to the usual one. */
export function applyLook() {
  const kept = remembered();
  for (const [name, values] of Object.entries(CHOICES)) {
    document.documentElement.dataset[name] = values.includes(kept[name]) ? kept[name] : values[0];
  }
}

function option(name, value, texts) {
  const input = element("input", {
    type: "radio",
    id: `look-${name}-${value}`,
    name: `look-${name}`,
    value,
    checked: document.documentElement.dataset[name] === value,
    onchange: () => choose(name, value),
  });
  const sample = element("span", { class: "sample", "aria-hidden": "true", lang: "en" }, SAMPLES[name][value]);
  return element("label", { class: "look-option", "data-setting": name, "data-value": value }, input, sample, element("span", {}, texts.get(`look_${name}_${value}`)));
}

/** The settings, each a group of which one holds; `names`: those that change something on this page. */
export function lookFields(texts, names = Object.keys(CHOICES)) {
  return names.map((name) =>
    element(
      "fieldset",
      { class: "look-setting" },
      element("legend", {}, texts.get(`look_${name}`)),
      element("div", { class: "look-options" }, ...CHOICES[name].map((value) => option(name, value, texts))),
    ),
  );
}

/**
 * The "Aa" button and what it opens. It is no dialog: the items stay in reach and a clock may run. Escape closes it,
 * and the keyboard is back at the button.
 */
export function lookMenu(texts, names) {
  let panel = null;
  const close = () => {
    panel?.remove();
    panel = null;
    opener.setAttribute("aria-expanded", "false");
    opener.focus({ preventScroll: true });
  };
  const open = () => {
    panel = element(
      "section",
      { class: "look-panel", id: "look-panel", "aria-label": texts.get("look"), onkeydown: (e) => e.key === "Escape" && close() },
      ...lookFields(texts, names),
      element("p", { class: "look-kept" }, texts.get("look_kept")),
      button({ class: "primary", id: "look-close", onclick: close }, texts.get("look_close")),
    );
    opener.setAttribute("aria-expanded", "true");
    place.append(panel);
    panel.querySelector("input:checked").focus({ preventScroll: true });
  };
  const opener = button(
    { class: "look-opener", id: "look", "aria-label": texts.get("look"), "aria-expanded": "false", onclick: () => (panel ? close() : open()) },
    element("span", { "aria-hidden": "true" }, "Aa"),
  );
  const place = element("div", { class: "look" }, opener);
  return place;
}
