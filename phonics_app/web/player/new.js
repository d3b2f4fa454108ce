// The start screen: makes the attempt under an id of its own, so that a repeated request makes one test, not two.

import { post, startAttempt } from "./api.js";
import { element, show } from "./dom.js";
import { applyLook, lookFields } from "./look.js";
import { remember, rememberedWay } from "./seeing.js";
import { Texts } from "./texts.js";

const page = JSON.parse(document.getElementById("page-data").textContent);
const texts = new Texts(page.texts, page.language);
const form = document.getElementById("start");
const refusal = document.getElementById("refusal");

/** 32 hex digits; `crypto.randomUUID` is missing on plain-http addresses of a LAN. */
const newId = () => [...crypto.getRandomValues(new Uint8Array(16))].map((b) => b.toString(16).padStart(2, "0")).join("");
const id = newId();

applyLook();
document.getElementById("not-offline").hidden = window.isSecureContext;
show(document.getElementById("look"), lookFields(texts));

form.elements.sees.value = rememberedWay();
form.addEventListener("change", () => remember("sees", form.elements.sees.value));

// ---- what is given: the level test, or a fixed form of a level and letter ------------------------------------------

const MAKING_MS = 90000;
const { what, form_level: formLevel, letter } = form.elements;
const kindOf = () => page.forms[what.value];
const levelNames = new Map([...form.elements.start_level.options].map((option) => [option.value, option.textContent]));

function offer(select, choices, chosen) {
  show(select, ...choices.map(([value, label]) => element("option", { value }, label)));
  const values = choices.map(([value]) => String(value));
  select.value = values.includes(String(chosen)) ? chosen : values[0];
}

function offerLetters() {
  const { letters, next } = kindOf();
  offer(letter, letters[formLevel.value], page.chosen.letter || next[formLevel.value]);
}

function offerForms() {
  const kind = kindOf();
  document.getElementById("of-form").hidden = !kind;
  document.getElementById("of-test").hidden = Boolean(kind);
  document.getElementById("adaptive-time").hidden = Boolean(kind);
  if (!kind) return;
  const nearest = kind.levels.find((level) => level >= page.start_level) ?? kind.levels[kind.levels.length - 1];
  offer(formLevel, kind.levels.map((level) => [level, levelNames.get(String(level))]), page.chosen.level || nearest);
  offerLetters();
}

what.addEventListener("change", () => {
  page.chosen = {};
  offerForms();
});
formLevel.addEventListener("change", () => {
  page.chosen = {};
  offerLetters();
});
offerForms();

function start() {
  if (kindOf()) {
    document.getElementById("making").hidden = false;
    const wanted = { id, pupil_id: page.pupil_id, blueprint: what.value, level: Number(formLevel.value), letter: letter.value };
    return post("/api/v1/forms/attempts", wanted, MAKING_MS);
  }
  const level = Number(form.elements.start_level.value);
  // The proposed level is left to the server, which then knows that nobody has changed it.
  const chosen = level === page.start_level ? {} : { start_level: level };
  return startAttempt({ id, pupil_id: page.pupil_id, ...chosen });
}

form.addEventListener("submit", async (e) => {
  e.preventDefault();
  const go = form.querySelector("button");
  go.disabled = true;
  refusal.hidden = true;
  try {
    await start();
    window.location.assign(`/play/${id}`);
  } catch (failure) {
    document.getElementById("making").hidden = true;
    refusal.textContent = failure.text || texts.get("start_failed");
    refusal.hidden = false;
    go.disabled = false;
  }
});
