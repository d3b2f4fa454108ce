// What the studio shows: the bar on top, the sound with what can be done about it, and all sounds of the list.

import { connectionChip } from "/play/static/connection.js";
import { button, element } from "/play/static/dom.js";
import { introduction, problemCard } from "./introduction.js";

/** The whole page of `studio` in its present state. */
export function screen(studio) {
  const columns = element("div", { class: "columns" }, card(studio), studio.sounds ? overview(studio) : null);
  return [topBar(studio), element("main", {}, studio.sounds ? heading(studio) : null, columns)];
}

function topBar(studio) {
  const { texts, sending } = studio;
  const mark = element("span", { class: "brand-mark", "aria-hidden": "true" }, "9");
  const brand = element("a", { class: "brand", href: "/recording-studio", title: texts.get("back") }, mark, texts.get("title"));
  const toggle = { class: "quiet", lang: texts.other, onclick: () => studio.toggleLanguage() };
  const chip = element("span", { id: "connection-place" }, sending ? connectionChip(texts, sending) : null);
  const right = element("span", { class: "right" }, chip, button(toggle, texts.get("other_language")));
  return element("header", { class: "top" }, brand, right);
}

function heading(studio) {
  const { texts, page, sounds, set } = studio;
  const options = page.sets.map(({ name, title }) =>
    element("option", { value: name, selected: name === set }, texts.content(title)),
  );
  const busy = ["wait", "recording", "working"].includes(studio.phase);
  const chosen = { id: "set", disabled: busy, onchange: (e) => studio.load(e.target.value) };
  const done = sounds.filter((sound) => sound.kept).length;
  return element(
    "div",
    { class: "heading" },
    element("label", { class: "field" }, texts.get("choose_set"), element("select", chosen, ...options)),
    element(
      "div",
      { class: "progress" },
      element("p", { id: "progress", role: "status" }, texts.get("progress", { done, all: sounds.length })),
      element("progress", { max: sounds.length, value: done, "aria-labelledby": "progress" }),
    ),
  );
}

/** What the person is to do now. */
function card(studio) {
  const { texts, problem, sound, microphone } = studio;
  if (problem) return problemCard(studio);
  if (!studio.sounds) return element("section", { class: "card" }, texts.get("working"));
  if (!sound) return doneCard(texts);
  const inside = microphone ? [...face(studio), ...work(studio)] : [(studio.form ??= introduction(studio))];
  return element("section", { class: "card", "data-phase": studio.phase }, ...inside);
}

const doneCard = (texts) =>
  element("section", { class: "card", id: "done" }, element("h1", {}, texts.get("done_title")), element("p", {}, texts.get("done")));

/** A sound with a vowel in it: in ARPAbet these are the names that begin with a vowel letter. */
const hasVowel = ({ kind, phonemes }) => kind === "phoneme" && phonemes.some((name) => /^[AEIOU]/.test(name));

/** The sound itself: large, as pupils see it, with what helps to say it. */
function face({ texts, sound, index, sounds }) {
  const { kind, text } = sound.needed.sound;
  const { grapheme, ipa, example, notes, hint } = sound.needed;
  const place = texts.get("place", { place: index + 1, all: sounds.length });
  const note = texts.language === "th" && notes ? element("p", { class: "notes" }, notes) : null;
  return [
    element("p", { class: "kicker" }, `${texts.get(`kind_${kind}`)} · ${place}`),
    element("h1", { class: text.length > 14 ? "face long" : "face", lang: "en" }, text || grapheme),
    element(
      "p",
      { class: "help" },
      ipa ? element("span", { class: "ipa", lang: "en" }, ipa) : null,
      example ? [` ${texts.get("as_in")} `, element("span", { class: "example", lang: "en" }, example)] : null,
    ),
    note,
    hint ? element("p", { class: "mouth", id: "hint" }, texts.content(hint)) : null,
    element("p", { class: "advice" }, texts.get(`say_${hasVowel(sound.needed.sound) ? "vowel" : kind}`)),
  ].flat();
}

function work(studio) {
  const { sound, texts, phase } = studio;
  return [
    meter(texts),
    ...(sound.words ?? []).map((words) => element("p", { class: "notice bad", role: "alert" }, words)),
    ...(phase === "review" ? review(studio) : recording(studio)),
  ];
}

const meter = (texts) =>
  element(
    "div",
    { class: "meter-row" },
    element("span", {}, texts.get("level")),
    element("div", { id: "meter", class: "meter", role: "meter", "aria-label": texts.get("level"), "aria-valuemin": -60, "aria-valuemax": 0, "aria-valuenow": -60 }, element("span", { class: "fill" })),
    element("span", { class: "too-loud" }, texts.get("level_loud")),
  );

function recording(studio) {
  const { texts, phase, sound } = studio;
  const labels = { ready: "record", wait: "wait", recording: "speak", working: "working" };
  const act = phase === "recording" ? () => studio.stop() : () => studio.record();
  const attributes = { id: "record", class: `record ${phase}`, "data-main": true, disabled: phase === "wait" || phase === "working", onclick: act };
  const skip = button({ id: "skip", class: "quiet", onclick: () => studio.skip() }, texts.get("skip"));
  return [
    button(attributes, element("span", { class: "dot", "aria-hidden": "true" }), texts.get(labels[phase])),
    phase === "ready" && sound.kept ? inUse(studio) : null,
    phase === "ready" ? element("div", { class: "buttons" }, skip) : null,
  ];
}

function inUse(studio) {
  const { texts, sound } = studio;
  const { id, speaker } = sound.kept;
  const words = speaker ? texts.get("in_use", { speaker }) : texts.get("in_use_unnamed");
  const listen = button({ id: "listen-kept", class: "secondary", onclick: () => studio.listen({ id, stored: true }) }, texts.get("listen_kept"));
  return element("div", { class: "in-use" }, element("p", {}, words), listen);
}

function review(studio) {
  const { texts, sound } = studio;
  const take = studio.takeOf(sound);
  return [
    verdict(texts, take),
    element(
      "div",
      { class: "buttons" },
      button({ id: "listen", class: "secondary", onclick: () => studio.listen(take) }, texts.get("listen")),
      button({ id: "again", class: "secondary", onclick: () => studio.again() }, texts.get("again")),
      button({ id: "keep", class: "primary", "data-main": true, onclick: () => studio.keep() }, texts.get("keep")),
      button({ id: "skip", class: "quiet", onclick: () => studio.skip() }, texts.get("skip")),
    ),
  ];
}

/** Whether the server has the take, and what it found in it. */
function verdict(texts, take) {
  if (!take.stored) return element("p", { id: "verdict", class: "notice waiting", role: "status" }, texts.get("kept_here"));
  const stored = texts.get("stored", { seconds: take.seconds?.toFixed(1) ?? "–" });
  const faults = take.faults.map((fault) => element("li", { "data-fault": fault }, texts.get(`fault_${fault}`)));
  const found = faults.length ? element("ul", {}, ...faults) : element("p", {}, texts.get("good_take"));
  const kind = faults.length ? "notice warn" : "notice good";
  return element("div", { id: "verdict", class: kind, role: "status", "data-stored": true }, found, element("p", { class: "stored" }, stored));
}

/** Every sound of the list, with a sign for its state. */
function overview(studio) {
  const { texts, sounds, index } = studio;
  const busy = ["wait", "recording", "working"].includes(studio.phase);
  const cells = sounds.map((sound, i) => {
    const state = studio.isWaiting(sound) ? "waiting" : sound.kept ? "kept" : "missing";
    const sign = { waiting: "…", kept: "✓", missing: "" }[state];
    const { sound: named, grapheme, ipa } = sound.needed;
    const name = named.text || `${grapheme} ${ipa}`;
    const attributes = {
      class: `cell ${state}`,
      disabled: busy,
      "data-key": sound.key,
      "data-state": state,
      "aria-current": i === index ? "true" : null,
      "aria-label": `${name}: ${texts.get(`state_${state}`)}`,
      onclick: () => studio.go(i),
    };
    return button(attributes, element("span", { lang: "en", class: named.text ? "" : "ipa" }, named.text || ipa), element("span", { class: "sign" }, sign));
  });
  return element("aside", { class: "overview" }, element("h2", {}, texts.get("all_sounds")), element("div", { class: "cells" }, ...cells));
}
