// A question before something that can't be taken back.

import { button, element } from "/play/static/dom.js";
import { askModal } from "/play/static/modal.js";

/** Resolves to whether the answer was yes. */
export async function ask(words, yes, no) {
  const answer = await askModal({ class: "question", "aria-labelledby": "question" }, (give) => [
    element("p", { id: "question" }, words),
    element(
      "div",
      { class: "buttons" },
      button({ class: "secondary", id: "question-no", onclick: () => give(false) }, no),
      button({ class: "primary", id: "question-yes", onclick: () => give(true) }, yes),
    ),
  ]);
  return answer === true;
}
