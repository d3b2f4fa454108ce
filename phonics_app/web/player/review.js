// Looking through the test before it is sent: the totals of each block, and each item. A change is an event of its own;
// what stood there before stays in the record and is shown as such.

import { whyStopped } from "./bars.js";
import { sleptWords, topBar } from "./block_screen.js";
import { minutes } from "./clock_face.js";
import { button, element } from "./dom.js";
import { current, items, previousBlock, totals } from "./engine.js";
import { ErrorMenu } from "./error_menu.js";
import { ItemGrid, noteOf } from "./grid.js";
import { tracesOf } from "./history.js";
import { soundTotals } from "./spelling.js";

const finished = (state) => state.blocks.filter((b) => b.status === "finished");

const titleOf = ({ texts, session }, shown) =>
  texts.get("block_title", { number: session.state.blocks.indexOf(shown) + 1, what: texts.get(`strand_${shown.block.strand}`) });

/** The totals of all finished blocks, each with a way to its items. */
export function overview(view, actions) {
  const { texts, session } = view;
  const all = totals(session.state);
  const rows = finished(session.state).map((shown) => blockRow(view, actions, shown, all.find((t) => t.block === shown.block.id)));
  return element(
    "section",
    { class: "overview", "aria-labelledby": "overview-title" },
    element("h2", { id: "overview-title" }, texts.get("review_title")),
    rows.length ? element("ul", { class: "blocks" }, ...rows) : element("p", {}, texts.get("review_empty")),
  );
}

function blockRow(view, actions, shown, total) {
  const { texts } = view;
  const changed = tracesOf(view.session.events, shown.block).length > 0;
  const open = button(
    { class: "plain", onclick: () => actions.reviewBlock(shown.block.id), "data-review": shown.block.id, "aria-label": `${texts.get("review_block")}: ${titleOf(view, shown)}` },
    texts.get("review_block"),
  );
  return element(
    "li",
    {},
    element("h3", {}, titleOf(view, shown), changed && element("span", { class: "changed" }, texts.get("changed"))),
    element("div", {}, figures(view, shown, total), element("p", { class: "slept" }, sleptWords(view, shown.block))),
    open,
  );
}

/** The figures of a block as pairs of name and value; those that mean nothing here are left out. */
function figures({ texts, session }, shown, total) {
  const { block } = shown;
  const [sounds, allSounds] = block.kind === "dictation" ? soundTotals(shown, items(session.state)) : [0, 0];
  const rate = block.kind === "passage" ? "words_per_minute" : "right_per_minute";
  const all = [
    ["right", `${total.correct}/${total.attempted}`],
    ["sounds_right", allSounds ? `${sounds}/${allSounds}` : null],
    ["wrong", total.incorrect],
    ["self_correction", total.self_corrected],
    ["not_tried", total.unattempted],
    ["time_taken", total.seconds_used === null ? null : minutes(Math.round(total.seconds_used))],
    [rate, total.rate === null ? null : Math.round(total.rate)],
    ["accuracy", total.rate === null || total.accuracy === null ? null : `${Math.round(total.accuracy)} %`],
  ];
  const pair = ([name, value]) => element("div", {}, element("dt", {}, texts.get(name)), element("dd", { "data-figure": name }, String(value)));
  return element("dl", { class: "figures" }, ...all.filter(([, value]) => value !== null).map(pair));
}

/** All blocks, in the midst of a test. */
export function reviewScreen(view, actions) {
  const { texts } = view;
  return element(
    "div",
    { class: "panel-screen" },
    topBar(view, actions),
    element(
      "main",
      { class: "panel wide" },
      element("h1", { id: "reviewing" }, texts.get("review")),
      overview(view, actions),
      element("div", { class: "buttons" }, button({ class: "primary", onclick: actions.endReview, id: "end-review" }, texts.get("go_on"))),
    ),
  );
}

/** One finished block: its items as they were marked, to be put right. Built once, then updated. */
export class ReviewBlock {
  constructor(view, actions, id) {
    const { texts, session } = view;
    Object.assign(this, { id, actions, key: `${id}/${texts.language}`, menu: null });
    const shown = this.shown(session.state);
    const on = { tapped: actions.reviewTap, asked: actions.ask, lineTapped: actions.reviewLine };
    this.grid = new ItemGrid({ block: shown.block, items: items(session.state), texts, answers: false, on });
    this.figures = element("div", {});
    this.changes = element("ol", { class: "trace" });
    this.hint = element("p", { class: "hint", role: "status" });
    this.dock = element("div", { class: "dock" });
    this.buttons = this.makeButtons(view, shown);
    this.element = element(
      "div",
      { class: "block review for-eyes" },
      topBar(view, actions),
      element(
        "main",
        { class: "work" },
        element("section", { class: "teacher" }, element("h1", { id: "review-title" }, titleOf(view, shown)), this.figures, this.hint, this.changes),
        this.grid.element,
      ),
      this.dock,
    );
    this.dock.append(this.buttons);
    this.update(view);
  }

  shown(state) {
    return state.blocks.find((b) => b.block.id === this.id);
  }

  makeButtons({ texts, session }, shown) {
    const { actions } = this;
    this.last = button({ class: "toggle", onclick: actions.reviewPicking, id: "review-last" }, texts.get("review_last"));
    this.undo = button({ class: "plain", onclick: actions.reviewUndo, id: "review-undo" }, texts.get("undo"));
    // Another block on screen would be put away for it: then it has to wait for the end.
    const free = !current(session.state) || previousBlock(session.state) === this.id;
    this.stop =
      shown.auto_stop &&
      free &&
      button({ class: "secondary", onclick: actions.reviewUndoStop, id: "review-undo-stop" }, texts.get("undo_auto_stop"));
    const done = button({ class: "primary", onclick: actions.reviewBlock, id: "review-done" }, texts.get("done"));
    return element("footer", { class: "actions" }, this.last, this.undo, this.stop, done);
  }

  update(view) {
    const { texts, session, picking, menu } = view;
    const shown = this.shown(session.state);
    const { block, attempted } = shown;
    const named = (list) => Object.fromEntries(block.items.map((item, i) => [item, list[i]]));
    const remarks = Object.fromEntries(block.items.map((item, i) => [item, shown.remarks[i]]).filter(([, r]) => r.error || r.said));
    const last = block.items[attempted - 1] ?? null;
    this.grid.update({ marks: named(shown.marks), remarks, disabled: false, picking, last, earliest: 0 });
    this.grid.cells.forEach((cell, i) => {
      cell.showEnd(i === attempted - 1, i >= attempted);
      cell.element.disabled = !picking && i >= attempted;
    });
    for (const line of this.grid.lines) line.button.disabled = picking || line.cells[line.cells.length - 1].element.disabled;
    const total = totals(session.state).find((t) => t.block === block.id);
    this.figures.replaceChildren(figures(view, shown, total), element("p", { class: "slept" }, sleptWords(view, block)));
    const stopped = shown.auto_stop ? whyStopped(texts, block, shown.auto_stop) : "";
    this.hint.textContent = picking ? texts.get("tap_last") : stopped || texts.get("review_hint");
    this.last.setAttribute("aria-pressed", String(picking));
    this.showChanges(view, block);
    this.showMenu(menu, view);
  }

  showChanges({ texts, session }, block) {
    const traces = tracesOf(session.events, block);
    this.undo.disabled = traces.length === 0;
    const known = items(session.state);
    const word = ({ mark, error, said }) => noteOf(error || said ? { error, said } : null, texts) || texts.get(`mark_${mark}`);
    const name = (id) => (id === null ? texts.get("leave_out") : known.get(id).stimulus || texts.content(known.get(id).prompt));
    const told = ({ item, before, after }) =>
      item === null
        ? `${texts.get("review_last")}: ${name(before)} → ${name(after)}`
        : `${name(item)}: ${word(before)} → ${word(after)}`;
    this.changes.replaceChildren(...traces.map((trace) => element("li", {}, told(trace))));
  }

  showMenu(menu, { texts, session }) {
    if (this.menu?.item === menu?.item && this.menu?.asking === (menu?.asking ?? false)) return;
    this.menu?.element.remove();
    this.menu = null;
    if (!menu) return;
    const item = items(session.state).get(menu.item);
    const { chooseError: chosen, closeMenu: closed } = this.actions;
    this.menu = new ErrorMenu({ ...menu, texts, name: item.stimulus || texts.content(item.prompt), chosen, closed });
    this.menu.place(this.element);
  }
}
