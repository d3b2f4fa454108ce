// After the last block: the teacher's confirmation, then sending until the server has everything.

import { topBar } from "./block_screen.js";
import { button, element } from "./dom.js";
import { next, previousBlock } from "./engine.js";
import { overview } from "./review.js";

/** The engine has seen enough; the last block can still be taken up again. */
export function completeScreen(view, actions) {
  const { texts, session } = view;
  return panel(view, actions, [
    element("h1", { id: "complete" }, texts.get("complete_title")),
    element("p", {}, texts.get(`reason_${next(session.state).reason}`)),
    element("p", {}, texts.get("complete_thanks")),
    element(
      "div",
      { class: "buttons" },
      previousBlock(session.state) && button({ class: "plain", onclick: actions.back, id: "back" }, texts.get("back")),
      button({ class: "primary", onclick: actions.finishTest, id: "finish-test" }, texts.get("to_result")),
    ),
    overview(view, actions),
  ], "wide");
}

/** The test is over; the server does not have everything yet. */
export function sendingScreen(view, actions) {
  const { texts, outbox } = view;
  const stuck = outbox.state === "waiting" || outbox.state === "signed_out" || outbox.state === "refused";
  if (!stuck) {
    return panel(view, actions, [
      element("h1", {}, texts.get("sending_title")),
      element("p", { role: "status" }, texts.get("sending", { n: outbox.unsent })),
    ]);
  }
  const refusal = outbox.state === "refused" && outbox.failure?.text;
  return panel(view, actions, [
    element("h1", { id: "unsent" }, texts.get("unsent_title")),
    element("p", { role: "alert" }, texts.get(`unsent_${outbox.state}`, { n: outbox.unsent })),
    refusal && element("p", { class: "notice bad" }, refusal),
    element("p", {}, texts.get("unsent_file")),
    element(
      "div",
      { class: "buttons" },
      button({ class: "secondary", onclick: actions.save, id: "save-file" }, texts.get("save_file")),
      button({ class: "secondary", onclick: actions.carry, id: "show-qr" }, texts.get("show_qr")),
      button({ class: "primary", onclick: actions.again, id: "try-again" }, texts.get("try_again")),
    ),
  ]);
}

/** A screen of words and buttons only. */
export function messageScreen(texts, title, words, ...buttons) {
  return element(
    "div",
    { class: "panel-screen" },
    element(
      "main",
      { class: "panel", role: "alert" },
      element("h1", {}, texts.get(title)),
      ...words.map((word) => element("p", {}, word)),
      element("div", { class: "buttons" }, ...buttons),
    ),
  );
}

function panel(view, actions, content, look = "") {
  return element("div", { class: "panel-screen" }, topBar(view, actions), element("main", { class: `panel ${look}` }, ...content));
}
