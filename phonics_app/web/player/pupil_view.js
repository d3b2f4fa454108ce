// What the pupil sees, and where: on this screen between the two, on this device turned round, on a second device, on
// paper. Which way it is, and how much at once, is remembered on this device.

import { button, element } from "./dom.js";
import { current, items } from "./engine.js";
import { isForEyes } from "./grid.js";
import { lineLengths } from "./marks.js";
import { PupilOptions } from "./pupil_options.js";
import { ScreenLink } from "./screen_link.js";
import { PORTIONS, remember, remembered, rememberedWay } from "./seeing.js";
import { TurnedView } from "./turned.js";

const SIGNS = { connected: "✓", waiting: "○", lost: "!", offline: "!", closed: "○" };
/** The parts in which a block is shown: `{items, lines}`, of items that can be read. */
export function partsOf(block, known, portion) {
  let begin = 0;
  const lines = lineLengths(block).map((length) => block.items.slice(begin, (begin += length)).filter((id) => known.get(id).stimulus !== ""));
  const full = lines.filter((line) => line.length > 0);
  const part = (those) => ({ items: those.flat(), lines: those.map((line) => line.length) });
  if (portion === "block") return [part(full)];
  return (portion === "line" ? full : full.flat().map((id) => [id])).map((line) => part([line]));
}

/** Whether the pupil is to read on: not any more when the time is up, or the block or the pupil has stopped. */
function reading({ block, clock, auto_stop: stopped }) {
  if (stopped) return false;
  return !((block.seconds ?? 0) > 0 && (clock.phase === "up" || ["ended", "finished"].includes(clock.why)));
}

export class PupilView {
  constructor(player, attemptId) {
    Object.assign(this, { player, attemptId });
    this.way = rememberedWay();
    this.portion = remembered("portion", PORTIONS);
    this.upside = remembered("upside", ["yes", "no"]) === "yes";
    this.kept = keptFor(attemptId);
    this.options = null;
    this.turned = null;
    this.link = new ScreenLink({ attemptId, changed: () => this.linkChanged(), kept: this.kept });
  }

  /** When the test is on screen. */
  begin() {
    if (this.way === "second" && !this.link.on) this.link.open();
  }

  get open() {
    return current(this.player.session.state);
  }

  get parts() {
    return partsOf(this.open.block, items(this.player.session.state), this.portion);
  }

  /** Whether there is something for the pupil's eyes just now. */
  get readable() {
    return Boolean(this.open) && isForEyes(this.open.block, items(this.player.session.state)) && reading(this.open);
  }

  get at() {
    return this.kept.block === this.open.block.id ? Math.min(this.kept.at ?? 0, this.parts.length - 1) : 0;
  }

  get part() {
    return { ...this.parts[this.at], passage: this.open.block.kind === "passage" };
  }

  /** The same with the words themselves, for this very device. */
  get words() {
    const known = items(this.player.session.state);
    const { items: ids, lines, passage } = this.part;
    const texts = ids.map((id) => known.get(id).stimulus);
    let begin = 0;
    return { lines: lines.map((length) => texts.slice(begin, (begin += length))), passage };
  }

  get revealed() {
    return this.readable && this.kept.revealed === this.open.block.id;
  }

  /** Every drawing of the player ends here: what is shown follows what has happened. */
  follow() {
    this.kept.save();
    if (this.turned && !this.readable) this.turnBack();
    this.turned?.update();
    if (this.way === "second") this.link.say(this.revealed ? this.part : null);
  }

  reveal(on) {
    this.kept.revealed = on ? this.open.block.id : null;
  }

  step(by) {
    const at = Math.max(0, Math.min(this.at + by, this.parts.length - 1));
    this.kept.block = this.open.block.id;
    this.kept.at = at;
  }

  turn() {
    if (this.turned || !this.readable) return;
    this.turned = new TurnedView(this);
    this.turned.open();
  }

  turnBack() {
    this.turned?.close();
    this.turned = null;
  }

  turnWords() {
    this.upside = !this.upside;
    remember("upside", this.upside ? "yes" : "no");
  }

  choose(way) {
    if (this.way === "second" && way !== "second") this.link.close(false);
    this.way = way;
    remember("sees", way);
    this.begin();
  }

  choosePortion(portion) {
    this.portion = portion;
    this.kept.at = 0;
    remember("portion", portion);
  }

  showOptions(on) {
    this.options = on ? new PupilOptions(this) : null;
  }

  linkChanged() {
    this.kept.save();
    this.options?.update();
    for (const place of document.querySelectorAll(".pair")) place.replaceWith(pairSign(this));
  }

  /** The test is over, or goes on elsewhere. */
  end(over) {
    this.turnBack();
    if (over || this.link.on) this.link.close(over);
    if (over) this.kept.forget();
  }

  get actions() {
    const { player } = this;
    const then = (change) => () => player.redraw(change);
    return {
      turn: () => this.turn(),
      marks: then(() => this.turnBack()),
      turnWords: then(() => this.turnWords()),
      reveal: then(() => this.reveal(!this.revealed)),
      next: then(() => this.step(1)),
      before: then(() => this.step(-1)),
      options: then(() => this.showOptions(true)),
      closeOptions: then(() => this.showOptions(false)),
    };
  }
}

/** What outlives a reload of this page: the link to the pupil's screen, and what was shown there. */
function keptFor(attemptId) {
  const key = `phonics-screen/${attemptId}`;
  const plain = (kept) => JSON.stringify({ link: kept.link, revealed: kept.revealed, block: kept.block, at: kept.at });
  const kept = { link: "", revealed: null, block: null, at: 0 };
  try {
    Object.assign(kept, JSON.parse(sessionStorage.getItem(key) ?? "{}"));
  } catch {
    // begins anew
  }
  let saved = plain(kept);
  kept.save = () => {
    if (saved === plain(kept)) return;
    saved = plain(kept);
    try {
      sessionStorage.setItem(key, saved);
    } catch {
      // after a reload the teacher shows the words once more
    }
  };
  kept.forget = () => {
    try {
      sessionStorage.removeItem(key);
    } catch {
      // goes with the tab
    }
  };
  return kept;
}

export function pairSign({ link, player }) {
  const { state } = link;
  const sign = element("span", { class: "sign", "aria-hidden": "true" }, SIGNS[state]);
  return element("span", { class: "pair", role: "status", "data-pair": state }, sign, player.texts.get(`pair_${state}`));
}

/** Steps through the parts of a block; nothing where all is shown at once. */
export function stepButtons(pupil) {
  if (pupil.portion === "block" || !pupil.readable) return [];
  const { at, parts, actions } = pupil;
  const get = (key, values) => pupil.player.texts.get(key, values);
  return [
    button({ class: "plain", id: "part-before", disabled: at === 0, onclick: actions.before, "aria-label": get("smaller_step") }, "◀"),
    element("span", { class: "step", role: "status" }, get("step_of", { at: at + 1, all: parts.length })),
    button({ class: "plain", id: "part-next", disabled: at === parts.length - 1, onclick: actions.next, "aria-label": get("bigger_step") }, "▶"),
  ];
}

/** The row above the items: made anew only when it says something else. */
export class PupilTools {
  constructor(pupil) {
    this.pupil = pupil;
    this.element = element("div", { class: "pupil-tools" });
    this.update();
  }

  update() {
    const { pupil } = this;
    const running = pupil.open?.clock.phase === "running";
    const key = [pupil.way, pupil.portion, pupil.readable, pupil.revealed, pupil.readable && pupil.at, running].join("/");
    if (key === this.key) return;
    this.key = key;
    this.element.replaceChildren(...this.content(running).filter(Boolean));
  }

  content(running) {
    const { pupil } = this;
    const { actions, way, readable } = pupil;
    const { texts } = pupil.player;
    // No choosing while a clock runs: nothing may cover it.
    const options = button({ class: "plain", id: "pupil-options", disabled: running, onclick: actions.options }, texts.get("pupil_options"));
    if (way === "paper") return [element("p", { class: "from-paper" }, texts.get("from_paper")), options];
    if (way === "between") return [options];
    if (way === "turned") {
      return [readable && button({ class: "secondary", id: "turn", onclick: actions.turn }, texts.get("turn_round")), options];
    }
    const shown = pupil.revealed;
    const attributes = { class: "toggle", id: "reveal", "aria-pressed": String(shown), onclick: actions.reveal };
    const reveal = readable && button(attributes, texts.get(shown ? "hide_words" : "show_words"));
    return [reveal, ...stepButtons(pupil), pairSign(pupil), options];
  }
}
