// Six digits, by touch or by keyboard.

import { button, element } from "/play/static/dom.js";

export const DIGITS = 6;

export function codePad(texts, refusal, entered) {
  let code = "";
  const cells = Array.from({ length: DIGITS }, () => element("span", { class: "cell" }));
  const shown = element("output", { class: "code", id: "code", "aria-label": texts.get("code_label") }, ...cells);
  const enter = button({ class: "primary", id: "enter", disabled: true, onclick: () => send() }, texts.get("enter"));
  const draw = () => {
    cells.forEach((cell, i) => (cell.textContent = code[i] ?? ""));
    enter.disabled = code.length !== DIGITS;
  };
  const type = (digit) => {
    if (code.length < DIGITS) code += digit;
    draw();
    if (code.length === DIGITS) enter.focus();
  };
  const erase = () => {
    code = code.slice(0, -1);
    draw();
  };
  const send = () => {
    enter.disabled = true;
    entered(code);
  };
  const made = element(
    "main",
    { class: "enter", tabindex: "-1" },
    element("h1", {}, texts.get("enter_title")),
    element("p", {}, texts.get("enter_hint")),
    refusal && element("p", { class: "notice bad", role: "alert", id: "refusal" }, refusal),
    shown,
    keys(texts, type, erase),
    enter,
  );
  document.onkeydown = (e) => {
    if (!made.isConnected) return;
    if (/^\d$/.test(e.key)) type(e.key);
    else if (e.key === "Backspace") erase();
  };
  return made;
}

function keys(texts, type, erase) {
  const key = (digit) => button({ class: "key", "data-digit": digit, "aria-label": texts.get("digit", { digit }), onclick: () => type(digit) }, digit);
  const back = button({ class: "key", id: "erase", "aria-label": texts.get("erase"), onclick: erase }, "⌫");
  return element("div", { class: "pad" }, ..."123456789".split("").map(key), element("span", {}), key("0"), back);
}
