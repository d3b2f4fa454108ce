// Words as a pupil is to see them: as large as the place allows, and nothing beside them. For the screen of a second
// device and for this one turned round. Their shape and spacing are as the device remembers them (look.js).

import { element } from "./dom.js";

const WIDTH_OF_LETTER = 0.6;
const BETWEEN = 1;
const HEIGHT_OF_LINE = 1.75;
const LARGEST = 190;
const LARGEST_OF_TEXT = 64;
// Pixels; where the form's own lines would be smaller than this they are broken, and below the other one scrolls.
const WELL_READ = 40;
const SMALLEST = 24;

/** Times as wide as usual: look.css. */
const stretch = () => Number(getComputedStyle(document.documentElement).getPropertyValue("--stretch"));

/** `{columns, size}`: the lines as they are, unless other ones are read much better on this screen. */
export function gridFit(lines, width, height, wider = 1) {
  const words = lines.flat();
  const longest = Math.max(1, ...words.map((word) => word.length));
  const fit = (columns) => {
    const rows = Math.ceil(words.length / columns);
    const wide = width / (columns * (longest * WIDTH_OF_LETTER * wider + BETWEEN));
    return { columns, size: Math.min(LARGEST, wide, height / (rows * HEIGHT_OF_LINE)) };
  };
  const own = fit(Math.max(1, ...lines.map((line) => line.length)));
  if (own.size >= WELL_READ) return own;
  const others = Array.from({ length: own.columns }, (_, i) => fit(i + 1));
  const best = others.reduce((a, b) => (b.size > a.size ? b : a));
  return { ...best, size: Math.max(SMALLEST, best.size) };
}

/** `{broken, size}`: of a text, whose lines are kept where they are read well. */
export function textFit(lines, width, height, wider = 1) {
  const lengths = lines.map((line) => line.join(" ").length * wider);
  const whole = Math.min(LARGEST_OF_TEXT, width / (Math.max(1, ...lengths) * WIDTH_OF_LETTER), height / (lines.length * HEIGHT_OF_LINE));
  if (whole >= WELL_READ) return { broken: false, size: whole };
  const all = lengths.reduce((sum, each) => sum + each + 1, 0);
  const flowing = Math.sqrt((width * height * 0.9) / (all * WIDTH_OF_LETTER * HEIGHT_OF_LINE));
  const size = Math.max(SMALLEST, Math.min(LARGEST_OF_TEXT, flowing));
  return size > whole ? { broken: true, size } : { broken: false, size: whole };
}

/** `{element, fit()}`; `fit` is to be called when the element stands in the page, and when its place has changed. */
export function wordsFor({ lines, passage }) {
  return passage ? text(lines) : grid(lines);
}

const roomOf = (made) => [made.clientWidth * 0.94, made.clientHeight * 0.94];

function grid(lines) {
  const words = lines.flat().map((word) => element("span", { class: "word" }, word));
  const inner = element("div", { class: "words" }, ...words);
  const made = element("div", { class: "pupil-words", lang: "en" }, inner);
  const fit = () => {
    const { columns, size } = gridFit(lines, ...roomOf(made), stretch());
    inner.style.setProperty("--columns", columns);
    made.style.setProperty("--size", `${size}px`);
  };
  return { element: made, fit };
}

function text(lines) {
  const parts = lines.map((line) => element("span", { class: "text-line" }, `${line.join(" ")} `));
  const inner = element("p", { class: "running" }, ...parts);
  const made = element("div", { class: "pupil-words", lang: "en" }, inner);
  const fit = () => {
    const { broken, size } = textFit(lines, ...roomOf(made), stretch());
    inner.classList.toggle("broken", broken);
    made.style.setProperty("--size", `${size}px`);
  };
  return { element: made, fit };
}
