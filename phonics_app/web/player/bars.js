// The bar of actions under a block: which one it is depends on the clock and on what the rules have said.

import { secondsOf, mayPause } from "./clock.js";
import { minutes, secondsShown } from "./clock_face.js";
import { button, element } from "./dom.js";
import { current, items, previousBlock } from "./engine.js";
import { canRedo, canUndo, isTimed } from "./marking.js";

// So long an auto-stop can be undone with one touch; afterwards, when the test is looked through.
export const UNDO_SECONDS = 10;

/** What the bar is about. A block without a clock has the plain bar, as quick as can be. */
export function barKind(state, picking) {
  const { block, clock, auto_stop: stopped } = current(state);
  if (stopped) return "auto_stop";
  if (!isTimed(block)) return "plain";
  if (clock.phase === "waiting" || clock.phase === "running") return clock.phase;
  if (clock.phase === "up" || ["ended", "finished"].includes(clock.why)) return picking ? "last_item" : "marks";
  return "standing";
}

const BARS = {
  plain: plainBar,
  waiting: waitingBar,
  running: runningBar,
  standing: standingBar,
  last_item: lastItemBar,
  marks: marksBar,
  auto_stop: autoStopBar,
};

/** `{element, update(view)}`. */
export const makeBar = (kind, view, actions, clock) => BARS[kind](view, actions, clock.element);

function tools({ texts }, actions) {
  const sign = (text) => element("span", { "aria-hidden": "true" }, `${text} `);
  const mode = button({ class: "toggle mode", onclick: actions.mode, id: "mode" }, sign("↺"), texts.get("self_correction"));
  const undo = button({ class: "plain", onclick: actions.undo, id: "undo" }, texts.get("undo"));
  const redo = button({ class: "plain", onclick: actions.redo, id: "redo" }, texts.get("redo"));
  const update = ({ mode: on, session }) => {
    mode.setAttribute("aria-pressed", String(on));
    undo.disabled = !canUndo(session.state, session.events);
    redo.disabled = !canRedo(session.state, session.events);
  };
  return { mode, undo, redo, update };
}

const bar = (attributes, ...children) =>
  element("footer", { ...attributes, class: `actions ${attributes.class ?? ""}` }, ...children);

const backButton = ({ texts }, actions) => button({ class: "plain", onclick: actions.back, id: "back" }, texts.get("back"));
const stopButton = ({ texts }, actions) => button({ class: "plain", onclick: actions.stop, id: "stop" }, texts.get("stop"));

function words(title, ...lines) {
  return element(
    "div",
    { class: "words" },
    element("h2", { id: "bar-title" }, title),
    ...lines.map((line) => element("p", {}, line)),
  );
}

function plainBar(view, actions) {
  const { mode, undo, redo, update } = tools(view, actions);
  const back = backButton(view, actions);
  const finish = button({ class: "primary", onclick: actions.finish, id: "finish" }, view.texts.get("finish_block"));
  const written = current(view.session.state).block.kind === "dictation";
  return {
    element: bar({}, !written && mode, undo, redo, back, stopButton(view, actions), finish),
    update: (now) => {
      update(now);
      back.disabled = !previousBlock(now.session.state);
      finish.disabled = !now.armed || !now.complete;
    },
  };
}

/** The clock starts with the first item, by a touch of its own; nothing is marked before. */
function waitingBar(view, actions, clock) {
  const { texts } = view;
  const back = backButton(view, actions);
  const start = button({ class: "primary", onclick: actions.startClock, id: "start-clock" }, texts.get("start_clock"));
  return {
    element: bar({ class: "timed" }, clock, element("p", { class: "words" }, texts.get("start_hint")), back, stopButton(view, actions), start),
    update: ({ armed, session }) => {
      start.disabled = !armed;
      back.disabled = !previousBlock(session.state);
    },
  };
}

function runningBar(view, actions, clock) {
  const { texts, session } = view;
  const { block } = current(session.state);
  const { mode, undo, redo, update } = tools(view, actions);
  const pause =
    secondsOf(block) > 0 &&
    mayPause(block) &&
    button({ class: "plain", onclick: actions.pauseClock, id: "pause" }, texts.get("pause_clock"));
  const stop = button({ class: "secondary", onclick: actions.endReading, id: "end-reading" }, texts.get("end_reading"));
  const finish = button({ class: "primary", onclick: actions.finish, id: "finish" }, texts.get("all_read"));
  return {
    element: bar({ class: "timed" }, clock, mode, undo, redo, pause, stop, finish),
    update: (now) => {
      update(now);
      finish.disabled = !now.armed;
    },
  };
}

/** A pause, a page that was opened anew, an auto-stop that was taken back later. */
function standingBar(view, actions, clock) {
  const { texts, session } = view;
  const { why } = current(session.state).clock;
  const told = texts.get(why === "cut" ? "clock_cut" : "clock_paused");
  const go = button({ class: "primary", onclick: actions.resumeClock, id: "resume-clock" }, texts.get("resume_clock"));
  return {
    element: bar({ class: "timed" }, words(texts.get("standing_title"), told), clock, stopButton(view, actions), go),
    update: ({ armed }) => (go.disabled = !armed),
  };
}

/** The time is up, or the pupil has stopped: the last item is touched by the teacher and never filled in by itself. */
function lastItemBar(view, actions, clock) {
  const { texts, session } = view;
  const { clock: own } = current(session.state);
  const told = element("p", { id: "last-item", role: "status" });
  const marks = button({ class: "plain", onclick: actions.picking, id: "change-marks" }, texts.get("change_marks"));
  const goesOn =
    own.why === "ended" &&
    own.stopped_at !== null &&
    button({ class: "plain", onclick: actions.resumeClock, id: "not-ended" }, texts.get("not_ended"));
  const finish = button({ class: "primary", onclick: actions.finishAt, id: "finish" }, texts.get("finish_block"));
  const title = element("div", { class: "words" }, element("h2", { id: "bar-title" }, endTitle(view)), told);
  return {
    element: bar({ class: "timed last-item", "aria-labelledby": "bar-title" }, title, clock, goesOn, marks, stopButton(view, actions), finish),
    update: (now) => {
      told.textContent = lastItemWords(now);
      finish.disabled = !now.last || !now.armed;
    },
  };
}

function endTitle({ texts, session }) {
  const open = current(session.state);
  if (open.clock.phase === "up") return texts.get("time_up_title");
  const shown = secondsShown(open, session.state.monoMs, session.state.monoMs);
  return texts.get(secondsOf(open.block) ? "ended_title" : "ended_used_title", { time: minutes(shown) });
}

function lastItemWords({ texts, session, last }) {
  const { block } = current(session.state);
  if (!last) return texts.get("tap_last");
  const item = items(session.state).get(last);
  const name = item.stimulus || texts.content(item.prompt);
  return texts.get("last_is", { item: name, number: block.items.indexOf(last) + 1, n: block.items.length });
}

/** After the end of the clock marks can still be put right. */
function marksBar(view, actions, clock) {
  const { mode, undo, redo, update } = tools(view, actions);
  const done = button({ class: "primary", onclick: actions.picking, id: "pick-last" }, view.texts.get("pick_last"));
  return { element: bar({ class: "timed" }, clock, mode, undo, redo, done), update };
}

/** How many items a rule wants wrong, all from the first one on. */
const FIRST_WRONG = {
  "EGRA-STOP-N": (block) => block.auto_stop_count,
  "EGRA-STOP-LINE1": (block) => Math.min(block.line_length, block.items.length),
};

/** Why the block may end, in plain words. */
export function whyStopped(texts, block, rule) {
  const n = FIRST_WRONG[rule]?.(block);
  return n ? texts.get("auto_stop_first", { n }) : texts.get("auto_stop_other");
}

/**
 * The auto-stop says in plain words why; the rule's name is for whoever asks for it. It can be undone with one touch
 * while a number counts down, and later when the test is looked through.
 */
function autoStopBar(view, actions) {
  const { texts, session } = view;
  const { block, auto_stop: rule } = current(session.state);
  const finish = button({ class: "primary", onclick: actions.finish, id: "finish" }, texts.get("end_block"));
  const seconds = element("span", { class: "countdown", "aria-hidden": "true" });
  const undo = button({ class: "secondary", onclick: actions.undoAutoStop, id: "undo-auto-stop" }, texts.get("undo_auto_stop"), " ", seconds);
  const later = button({ class: "plain", onclick: actions.review, id: "review" }, texts.get("review"));
  return {
    element: bar(
      { class: "auto-stop", role: "alertdialog", tabindex: "-1", "aria-labelledby": "auto-stop-title", "aria-describedby": "auto-stop-why" },
      element(
        "div",
        { class: "words", title: rule },
        element("h2", { id: "auto-stop-title" }, texts.get("auto_stop_title")),
        element("p", { id: "auto-stop-why" }, whyStopped(texts, block, rule)),
      ),
      button({ class: "plain", onclick: actions.undo, id: "undo" }, texts.get("undo_last_mark")),
      undo,
      later,
      finish,
    ),
    update: ({ armed, undoSeconds }) => {
      finish.disabled = !armed;
      seconds.textContent = String(undoSeconds);
      undo.hidden = undoSeconds <= 0;
      later.hidden = undoSeconds > 0;
    },
  };
}
