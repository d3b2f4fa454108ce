// A block on screen: what the teacher does and says, the items, and the bar of actions.

import { connectionChip } from "./connection.js";
import { button, element } from "./dom.js";
import { current, items, previousBlock } from "./engine.js";
import { hasReadings, isForEyes, ItemGrid } from "./grid.js";
import { canUndo } from "./marking.js";

const PHONE = window.matchMedia("(max-width: 40rem)");

/**
 * The screen of one block. It is built once for a block, language and way of showing (`keyOf`) and then updated:
 * what is under a finger must not be replaced while it is being touched.
 */
export class BlockScreen {
  /** `view`: {texts, session, outbox, mode, answers, armed}; `actions`: what the buttons do. */
  constructor(view, actions) {
    const { block } = current(view.session.state);
    const known = items(view.session.state);
    this.actions = actions;
    this.key = keyOf(view);
    this.grid = new ItemGrid({ block, items: known, texts: view.texts, answers: view.answers, tapped: actions.tap });
    this.element = element(
      "div",
      { class: `block ${isForEyes(block, known) ? "for-eyes" : "by-ear"}` },
      topBar(view, actions),
      teacherPart(block, hasReadings(block, known), view, actions),
      this.grid.element,
    );
    this.update(view);
  }

  update(view) {
    const { marks, auto_stop: stopped } = current(view.session.state);
    this.grid.update(marks, stopped !== "");
    if (this.stopped !== stopped) {
      this.stopped = stopped;
      this.bar?.element.remove();
      this.bar = stopped ? autoStopBar(view, this.actions) : actionBar(view, this.actions);
      this.element.append(this.bar.element);
    }
    this.bar.update(view);
  }
}

/** What a screen was built for; another key needs another screen. */
export function keyOf({ texts, session, answers }) {
  return [current(session.state).block.id, texts.language, answers].join("/");
}

export function topBar({ texts, session, outbox }, actions) {
  const { pupil, attempt } = session.sitting;
  const name = [pupil.prefix + pupil.first_name, pupil.last_name].join(" ").trim();
  return element(
    "header",
    { class: "bar" },
    element("p", { class: "pupil" }, name),
    attempt.simulated && element("p", { class: "simulated" }, texts.get("simulated")),
    element("span", { id: "connection-place" }, connectionChip(texts, outbox)),
    button({ class: "language", lang: texts.other, onclick: actions.language }, texts.get("other_language")),
  );
}

function teacherPart(block, readings, { texts, session, answers }, actions) {
  const number = session.state.blocks.length;
  const key = `strand_${block.strand}`;
  const guide = session.sitting.plan.guides.find((each) => each.strand === block.strand);
  return element(
    "section",
    { class: "teacher" },
    element(
      "div",
      { class: "heading" },
      element("h1", { id: "block-title", tabindex: "-1" }, texts.get("block_title", { number, what: texts.get(key) })),
      readings &&
        button(
          { class: "toggle", onclick: actions.answers, id: "answers" },
          texts.get(answers ? "hide_answers" : "show_answers"),
        ),
    ),
    sayPart(guide, texts),
    instructions(guide, texts),
  );
}

/** On a phone they are folded away, so that the items have room. */
function instructions(guide, texts) {
  return element(
    "details",
    { class: "instructions", open: !PHONE.matches },
    element("summary", {}, texts.get("instructions")),
    element("p", { class: "instruction" }, texts.content(guide.instruction)),
    element("p", { class: "hint" }, texts.content(guide.hint)),
  );
}

/** What to say to the pupil always stands in both languages: the test is of English, the pupil is Thai. */
function sayPart(guide, texts) {
  return element(
    "div",
    { class: "say" },
    element("p", { class: "label" }, texts.get("say")),
    element("p", { class: "english", lang: "en" }, guide.say.en),
    element("p", { class: "thai", lang: "th" }, guide.say.th),
  );
}

function actionBar({ texts }, actions) {
  const sign = element("span", { "aria-hidden": "true" }, "↺ ");
  const mode = button({ class: "toggle mode", onclick: actions.mode, id: "mode" }, sign, texts.get("self_correction"));
  const undo = button({ class: "plain", onclick: actions.undo, id: "undo" }, texts.get("undo"));
  const back = button({ class: "plain", onclick: actions.back, id: "back" }, texts.get("back"));
  const stop = button({ class: "plain", onclick: actions.stop, id: "stop" }, texts.get("stop"));
  const finish = button({ class: "primary", onclick: actions.finish, id: "finish" }, texts.get("finish_block"));
  const update = (view) => {
    mode.setAttribute("aria-pressed", String(view.mode));
    undo.disabled = !canUndo(view.session.state, view.session.events);
    back.disabled = !previousBlock(view.session.state);
    finish.disabled = !view.armed;
  };
  return { element: element("footer", { class: "actions" }, mode, undo, back, stop, finish), update };
}

/** How many items a rule wants wrong, all from the first one on. */
const FIRST_WRONG = {
  "EGRA-STOP-N": (block) => block.auto_stop_count,
  "EGRA-STOP-LINE1": (block) => Math.min(block.line_length, block.items.length),
};

/** The auto-stop says in plain words why, and can be taken back; the rule's name is for whoever asks for it. */
function autoStopBar({ texts, session }, actions) {
  const { block, auto_stop: rule } = current(session.state);
  const n = FIRST_WRONG[rule]?.(block);
  const why = n ? texts.get("auto_stop_first", { n }) : texts.get("auto_stop_other");
  const finish = button({ class: "primary", onclick: actions.finish, id: "finish" }, texts.get("end_block"));
  const bar = element(
    "footer",
    { class: "actions auto-stop", role: "alertdialog", "aria-labelledby": "auto-stop-title" },
    element(
      "div",
      { class: "words", title: rule },
      element("h2", { id: "auto-stop-title" }, texts.get("auto_stop_title")),
      element("p", {}, why),
    ),
    button({ class: "plain", onclick: actions.undo, id: "undo" }, texts.get("undo_last_mark")),
    button({ class: "secondary", onclick: actions.undoAutoStop, id: "undo-auto-stop" }, texts.get("undo_auto_stop")),
    finish,
  );
  return { element: bar, update: (view) => (finish.disabled = !view.armed) };
}
