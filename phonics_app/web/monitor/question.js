// A question before something that can't be taken back.

import { button, element } from "/play/static/dom.js";

/** Resolves to whether the answer was yes. */
export function ask(words, yes, no) {
  return new Promise((resolve) => {
    const dialog = element("dialog", { "aria-labelledby": "question" });
    const answer = (value) => {
      dialog.close();
      dialog.remove();
      resolve(value);
    };
    dialog.addEventListener("cancel", (e) => {
      e.preventDefault();
      answer(false);
    });
    dialog.append(
      element("p", { id: "question" }, words),
      element(
        "div",
        { class: "buttons" },
        button({ class: "secondary", id: "question-no", onclick: () => answer(false) }, no),
        button({ class: "primary", id: "question-yes", onclick: () => answer(true) }, yes),
      ),
    );
    document.body.append(dialog);
    dialog.showModal();
  });
}
