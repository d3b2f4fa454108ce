// Before the microphone is on: what to know, whose voice it is; and what to do where there is no microphone.

import { button, element } from "/play/static/dom.js";

const ADVICE = ["before_quiet", "before_pace", "before_kept", "before_adult"];
const LICENCES = ["CC-BY-4.0", "site-only"];

/** Asks for name, licence and consent once a visit; the tap on its button is what a browser wants for a microphone. */
export function introduction(studio) {
  const { texts, page, position } = studio;
  const known = { speaker: page.speaker, licence: LICENCES[0], ...position.voice };
  const speaker = element("input", { id: "speaker", type: "text", maxlength: 200, value: known.speaker, autocomplete: "name" });
  const choices = LICENCES.map((name) => element("option", { value: name, selected: name === known.licence }, texts.get(`licence_${name}`)));
  const licence = element("select", { id: "licence" }, ...choices);
  const consent = element("input", { id: "consent", type: "checkbox", required: true });
  const submit = (e) => {
    e.preventDefault();
    studio.open({ speaker: speaker.value.trim(), licence: licence.value });
  };
  return element(
    "form",
    { id: "before", onsubmit: submit },
    element("h2", {}, texts.get("before_title")),
    element("ul", {}, ...ADVICE.map((key) => element("li", {}, texts.get(key)))),
    element("label", { class: "field" }, texts.get("speaker"), speaker),
    element("label", { class: "field" }, texts.get("licence"), licence),
    element("label", { class: "tick" }, consent, texts.get("consent")),
    element("button", { id: "start", class: "primary big" }, texts.get("start")),
  );
}

/** What is wrong and what to do about it. */
export function problemCard(studio) {
  const { texts, problem } = studio;
  const { reason, words } = problem;
  return element(
    "section",
    { class: "card problem", id: "problem", "data-reason": reason, role: "alert" },
    element("h1", {}, texts.get(`problem_${reason}_title`)),
    element("p", {}, words || texts.get(`problem_${reason}`, { address: window.location.origin })),
    reason === "insecure" ? waysOut(texts) : tries(studio),
  );
}

function tries(studio) {
  const { texts, problem, sounds } = studio;
  const again = button({ id: "retry", class: "primary", onclick: () => studio.retry() }, texts.get("try_again"));
  const stay = button({ id: "stay", class: "secondary", onclick: () => studio.dismiss() }, texts.get("stay"));
  return element("div", { class: "buttons" }, again, problem.reason === "load" && sounds ? stay : null);
}

function waysOut(texts) {
  const here = `http://localhost:${window.location.port || 80}/studio`;
  return element(
    "ul",
    {},
    element("li", {}, texts.get("problem_insecure_here", { address: here })),
    element("li", {}, texts.get("problem_insecure_https")),
  );
}
