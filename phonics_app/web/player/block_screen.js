// A block on screen: what the teacher does and says, the items, and the bar of actions.

import { askedIn } from "./asking.js";
import { barKind, makeBar } from "./bars.js";
import { ClockFace } from "./clock_face.js";
import { connectionChip } from "./connection.js";
import { DictationList } from "./dictation.js";
import { button, element } from "./dom.js";
import { current, items } from "./engine.js";
import { ErrorMenu } from "./error_menu.js";
import { focusBar } from "./focus.js";
import { hasReadings, isForEyes, ItemGrid } from "./grid.js";
import { Hesitation } from "./hesitation.js";
import { asleepIn, enteredIn } from "./history.js";
import { lookMenu } from "./look.js";
import { lastMarked } from "./marking.js";
import { PupilTools } from "./pupil_view.js";

const PHONE = window.matchMedia("(max-width: 40rem)");

/**
 * The screen of one block. It is built once for a block, language and way of showing (`keyOf`) and then updated:
 * what is under a finger must not be replaced while it is being touched.
 */
export class BlockScreen {
  /** `view`: {texts, session, outbox, mode, answers, armed, picking, last, menu, …}; `actions`: what the buttons do. */
  constructor(view, actions) {
    const { state } = view.session;
    const known = items(state);
    const { block: whole } = current(state);
    const asked = askedIn(state.tables.plan, known, state.blocks, whole);
    // Of the questions about a text only those about what was read.
    const block = { ...whole, items: whole.items.slice(0, asked) };
    this.actions = actions;
    this.key = keyOf(view);
    this.forEyes = isForEyes(block, known);
    this.clock = new ClockFace(view.texts);
    this.hesitation = new Hesitation(view.texts);
    this.tools = new PupilTools(view.pupil);
    this.slept = element("p", { class: "slept", id: "slept", role: "status" });
    this.grid = itemsOf(block, known, view, actions);
    this.dock = element("div", { class: "dock" }, this.forEyes && this.hesitation.element);
    this.element = element(
      "div",
      { class: `block ${this.forEyes ? "for-eyes" : "by-ear"}`, onpointerdown: () => this.hesitation.restart(this.going) },
      topBar(view, actions),
      element(
        "main",
        { class: "work" },
        teacherPart(block, hasReadings(block, known), view, actions, [this.tools.element, this.slept]),
        asked < whole.items.length && element("section", { class: "teacher" }, element("p", { class: "instruction", id: "asked" }, view.texts.get("questions_asked", { n: asked, all: whole.items.length }))),
        this.grid.element,
      ),
      this.dock,
    );
    this.update(view);
  }

  update(view) {
    const { state } = view.session;
    const { marks, remarks, auto_stop: stopped } = current(state);
    const kind = barKind(state, view.picking);
    const disabled = stopped !== "" || kind === "waiting" || kind === "standing";
    const picking = kind === "last_item";
    this.going = !disabled && !picking;
    const entries = enteredIn(view.session.events, current(state).block);
    this.grid.update({ marks, remarks, disabled, picking, last: view.last, earliest: lastMarked(state), entries });
    this.tools.update();
    this.slept.textContent = sleptWords(view, current(state).block);
    this.updateBar(view, kind);
    this.updateMenu(view);
    this.tick(view, performance.now());
  }

  updateBar(view, kind) {
    const key = `${kind}/${current(view.session.state).auto_stop}`;
    if (this.barKey !== key) {
      this.barKey = key;
      const last = document.activeElement;
      const lost = this.bar?.element.contains(last) || Boolean(last?.disabled);
      this.bar?.element.remove();
      this.bar = makeBar(kind, view, this.actions, this.clock);
      this.dock.append(this.bar.element);
      this.element.dataset.bar = kind;
      this.hesitation.restart(kind === "running");
      this.bar.update({ ...view, complete: this.grid.complete ?? true });
      const touched = kind === "running" || kind === "last_item" || kind === "plain";
      if (lost) focusBar(this.bar.element, touched ? this.element.querySelector(".item:not(:disabled)") : null);
    }
    this.bar.update({ ...view, complete: this.grid.complete ?? true });
  }

  updateMenu({ menu, texts, session }) {
    if (this.menu?.item === menu?.item && this.menu?.asking === (menu?.asking ?? false)) return;
    this.menu?.element.remove();
    this.menu = null;
    if (!menu) return;
    const item = items(session.state).get(menu.item);
    const name = item.stimulus || texts.content(item.prompt);
    const { chooseError: chosen, closeMenu: closed } = this.actions;
    this.menu = new ErrorMenu({ ...menu, texts, name, chosen, closed });
    this.menu.place(this.element);
  }

  /** What time alone changes. */
  tick(view, now) {
    this.clock.update(view.session.state, now);
    if (current(view.session.state)?.auto_stop) this.bar.update(view);
  }
}

/** That the device slept while the clock of the block ran; "" where it did not. */
export function sleptWords({ texts, session }, block) {
  const seconds = asleepIn(session.events, block);
  return seconds ? texts.get("slept_in_clock", { seconds }) : "";
}

function itemsOf(block, known, { texts, answers }, actions) {
  const on = { tapped: actions.tap, asked: actions.ask, lineTapped: actions.line, entered: actions.entered };
  const parts = { block, items: known, texts, answers, on };
  return block.kind === "dictation" ? new DictationList(parts) : new ItemGrid(parts);
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
    lookMenu(texts),
    button({ class: "language", id: "language", lang: texts.other, onclick: actions.language }, texts.get("other_language")),
  );
}

function teacherPart(block, readings, { texts, session, answers }, actions, tools) {
  const number = session.state.blocks.length;
  const key = `strand_${block.strand}`;
  const guide = guideOf(session, block);
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
    ...tools,
    guide?.say.en && sayPart(guide, texts),
    guide && instructions(guide, texts),
  );
}

/** The guide of the block's task goes before that of its strand; a text of the site's own may have neither. */
function guideOf({ state, sitting }, block) {
  const { task } = items(state).get(block.items[0]);
  const own = sitting.plan.guides.filter((each) => each.strand === block.strand);
  return own.find((each) => each.task === task) ?? own.find((each) => !each.task) ?? null;
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
