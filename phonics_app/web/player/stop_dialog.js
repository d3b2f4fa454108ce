// Stopping: which item was the last one tried, and does the test end or only this block?

import { button, element } from "./dom.js";
import { current, items } from "./engine.js";
import { enteredIn } from "./history.js";
import { lastMarked } from "./marking.js";
import { askModal } from "./modal.js";

/** Asks; resolves to `{end: "test" | "block", last}` (`last` null: leave the block out), `{end: "review"}`, or to null. */
export function askStop({ texts, session }) {
  const choice = { last: undefined };
  return askModal({ class: "stop", "aria-labelledby": "stop-title" }, (answer) => {
    const ends = endButtons(texts, choice, answer);
    return [
      element("h2", { id: "stop-title" }, texts.get("stop_title")),
      element("p", { id: "stop-question" }, texts.get("stop_question")),
      lastItemChoices(texts, session, choice, () => ends.forEach((end) => (end.disabled = false))),
      element(
        "div",
        { class: "buttons" },
        button({ class: "plain", onclick: () => answer(null) }, texts.get("go_on")),
        session.state.blocks.length > 1 &&
          button({ class: "plain", onclick: () => answer({ end: "review" }), id: "review" }, texts.get("review")),
        ...ends,
      ),
    ];
  });
}

function endButtons(texts, choice, answer) {
  const end = (kind) => () => answer({ end: kind, last: choice.last });
  return [
    button({ class: "secondary", disabled: true, onclick: end("block"), id: "end-block" }, texts.get("end_only_block")),
    button({ class: "primary", disabled: true, onclick: end("test"), id: "end-test" }, texts.get("end_test")),
  ];
}

/** Items before the last marked one can't be the last one tried, nor, in dictation, those after one without an entry. */
function lastItemChoices(texts, { state, events }, choice, chosen) {
  const { block, marks } = current(state);
  const known = items(state);
  const earliest = lastMarked(state);
  const entered = block.kind === "dictation" ? enteredIn(events, block) : null;
  const missing = entered ? block.items.findIndex((id) => !entered.has(id)) : -1;
  const options = block.items.map((id, i) => {
    const item = known.get(id);
    const face = item.stimulus ? item.stimulus : `${i + 1}. ${texts.content(item.prompt)}`;
    const attributes = { class: `choice ${marks[id] ?? "none"}`, "data-last": id, disabled: i < earliest || (missing >= 0 && i >= missing) };
    return choiceButton({ ...attributes, lang: item.stimulus ? "en" : null }, face, () => pick(id));
  });
  const none = choiceButton({ class: "choice leave-out", "data-last": "" }, texts.get("leave_out"), () => pick(null));
  const all = [...options, none];
  function pick(last) {
    choice.last = last;
    all.forEach((option) => option.setAttribute("aria-checked", String(option.dataset.last === (last ?? ""))));
    reachOne(all);
    chosen();
  }
  reachOne(all);
  return element("div", { class: "choices", role: "radiogroup", "aria-labelledby": "stop-question", onkeydown: (e) => byArrows(e, all) }, ...all);
}

/** Tab comes to the chosen one, or to the first that can be chosen. */
function reachOne(all) {
  const one = all.find((option) => option.getAttribute("aria-checked") === "true") ?? all.find((option) => !option.disabled);
  all.forEach((option) => (option.tabIndex = option === one ? 0 : -1));
}

/** Arrows go round the choices, as in any group of which one is chosen. */
function byArrows(e, all) {
  const way = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[e.key];
  const free = all.filter((option) => !option.disabled);
  const at = free.indexOf(document.activeElement);
  if (!way || at < 0) return;
  e.preventDefault();
  const to = free[(at + way + free.length) % free.length];
  to.focus();
  to.click();
}

const choiceButton = (attributes, face, onclick) =>
  button({ role: "radio", "aria-checked": "false", ...attributes, onclick }, face);
