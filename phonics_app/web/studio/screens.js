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
  const brand = element("span", { class: "brand" }, mark, texts.get("title"));
  const back = element("a", { id: "back", href: "/recording-studio" }, `← ${texts.get("back")}`);
  const toggle = { id: "language", class: "quiet", lang: texts.other, onclick: () => studio.toggleLanguage() };
  const chip = element("span", { id: "connection-place" }, sending ? connectionChip(texts, sending) : null);
  const right = element("span", { class: "right" }, chip, button(toggle, texts.get("other_language")));
  return element("header", { class: "top" }, element("span", { class: "left" }, brand, back), right);
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

/** What the person is to do now; without a microphone what is there can still be heard and decided on. */
function card(studio) {
  const { texts, problem, sounds, sound, able } = studio;
  const told = problem ? problemCard(studio) : null;
  if (!sounds) return told ?? element("section", { class: "card" }, texts.get("working"));
  if (!sound) return told ?? doneCard(studio);
  const first = told ?? (able ? null : section(studio, (studio.form ??= introduction(studio))));
  const useful = able || studio.takeOf(sound) || studio.inUse(sound);
  const second = useful ? section(studio, ...face(studio), able ? meter(texts) : null, ...work(studio)) : null;
  return element("div", { class: "cards" }, first, second);
}

const section = (studio, ...inside) => element("section", { class: "card", "data-phase": studio.phase }, ...inside);

function doneCard(studio) {
  const { texts, page, set } = studio;
  const following = page.sets[page.sets.findIndex(({ name }) => name === set) + 1];
  const go = following && button({ id: "next-set", class: "primary", onclick: () => studio.load(following.name) }, texts.get("next_set", { set: texts.content(following.title) }));
  return element(
    "section",
    { class: "card", id: "done" },
    element("h1", {}, texts.get("done_title")),
    element("p", {}, texts.get("done")),
    go,
  );
}

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
  const { sound, phase } = studio;
  return [
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
  const { texts, phase, sound, able } = studio;
  const ready = phase === "ready";
  const labels = { ready: "record", wait: "wait", recording: "speak", working: "working" };
  const act = phase === "recording" ? () => studio.stop() : () => studio.record();
  const attributes = { id: "record", class: `record ${phase}`, "data-main": true, disabled: phase === "wait" || phase === "working", onclick: act };
  const record = button(attributes, element("span", { class: "dot", "aria-hidden": "true" }), texts.get(labels[phase]));
  const back = button({ id: "back-to-take", class: "secondary", onclick: () => studio.settle() }, texts.get("back_to_take"));
  return [
    able ? record : null,
    ready && studio.inUse(sound) ? inUse(studio) : null,
    ready && able ? element("div", { class: "buttons" }, studio.takeOf(sound) ? back : null, skipButton(studio)) : null,
  ];
}

const skipButton = (studio) => button({ id: "skip", class: "quiet", onclick: () => studio.skip() }, studio.texts.get("skip"));

/** Plays a take, stops it while it is heard, and says where it could not be heard. */
function listenButton(studio, id, label, take) {
  const { texts, playback } = studio;
  const heard = playback.id === take.id;
  const attributes = { id, class: heard ? "secondary heard" : "secondary", onclick: () => studio.listen(take) };
  const failed = element("p", { class: "notice warn", role: "alert" }, texts.get("not_heard"));
  return [button(attributes, texts.get(heard ? "stop_listening" : label)), playback.failed === take.id ? failed : null];
}

function inUse(studio) {
  const { texts, sound } = studio;
  const take = studio.inUse(sound);
  const named = take.speaker ? texts.get("in_use", { speaker: take.speaker }) : texts.get("in_use_unnamed");
  return element(
    "div",
    { class: "in-use" },
    element("p", {}, take.waiting ? texts.get("kept_waiting") : named),
    ...listenButton(studio, "listen-kept", "listen_kept", take),
    take.waiting ? null : deleteButtons(studio, take),
  );
}

function deleteButtons(studio, take) {
  const { texts, asked } = studio;
  if (!take.deletable) return null;
  if (!asked) return button({ id: "delete", class: "quiet", onclick: () => studio.ask(true) }, texts.get("delete"));
  return element(
    "div",
    { class: "sure", role: "alert" },
    element("p", {}, texts.get("delete_sure")),
    button({ id: "delete-really", class: "danger", onclick: () => studio.remove(take) }, texts.get("delete")),
    button({ id: "delete-not", class: "secondary", onclick: () => studio.ask(false) }, texts.get("delete_not")),
  );
}

/** With faults the take had better be made again: that is the main button then. */
function review(studio) {
  const { texts, sound, able } = studio;
  const take = studio.takeOf(sound);
  const better = able && take.faults.length > 0;
  const [listen, failed] = listenButton(studio, "listen", "listen", take);
  const main = (wanted) => ({ class: wanted ? "primary" : "secondary", "data-main": wanted });
  return [
    verdict(texts, take),
    element(
      "div",
      { class: "buttons" },
      listen,
      able ? button({ id: "again", ...main(better), onclick: () => studio.again() }, texts.get("again")) : null,
      button({ id: "keep", ...main(!better), onclick: () => studio.keep() }, texts.get("keep")),
      deleteButtons(studio, take),
      skipButton(studio),
    ),
    failed,
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
  const long = sounds.some((sound) => sound.needed.sound.text.length > 8);
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
  return element("aside", { class: "overview" }, element("h2", {}, texts.get("all_sounds")), element("div", { class: long ? "cells words" : "cells" }, ...cells));
}
