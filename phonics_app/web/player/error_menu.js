// What was wrong with an answer: a panel of kinds beside the items. It is no dialog: the items stay in reach, a clock may
// run, and a touch of any item closes it.

import { button, element } from "./dom.js";

export const KINDS = [
  { key: "1", id: "decoding", mark: "incorrect", error: "decoding" },
  { key: "2", id: "transfer", mark: "incorrect", error: "transfer" },
  { key: "3", id: "self_corrected", mark: "self_corrected" },
  { key: "4", id: "no_answer", mark: "incorrect", error: "no_answer" },
  { key: "5", id: "said_as", mark: "incorrect", error: "said_as" },
  { key: "6", id: "ambiguous", mark: "incorrect", error: "ambiguous" },
];
const LONGEST_SAID = 80;

const overlap = (a, b) => a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;

/** The event's data of a kind, with what was said. */
export const remarkOf = ({ mark, error }, said = "") => ({ mark, ...(error && { error }), ...(said && { said }) });

export class ErrorMenu {
  /** `chosen(item, remark)` and `closed()` hear what is done. `asking`: "said as" was chosen by its key. */
  constructor({ texts, item, name, asking, chosen, closed }) {
    this.item = item;
    this.asking = asking;
    const choose = (kind) => () => {
      if (kind.id === "said_as") this.askSaid();
      else chosen(item, remarkOf(kind));
    };
    const kinds = KINDS.map((kind) =>
      button({ class: "plain kind", "data-kind": kind.id, onclick: choose(kind) }, element("kbd", { "aria-hidden": "true" }, kind.key), texts.get(`error_${kind.id}`)),
    );
    const close = button({ class: "plain close-menu", "aria-label": texts.get("close_menu"), onclick: closed }, "✕");
    this.said = this.saidForm(texts, (said) => chosen(item, remarkOf(KINDS[4], said)));
    this.element = element(
      "section",
      { class: "error-menu", "aria-labelledby": "error-title", onkeydown: (e) => e.key === "Escape" && closed() },
      element("header", {}, element("h2", { id: "error-title" }, texts.get("errors_title", { item: name })), close),
      element("div", { class: "kinds" }, ...kinds),
      this.said,
    );
  }

  saidForm(texts, done) {
    const field = element("input", {
      id: "said",
      maxlength: LONGEST_SAID,
      autocomplete: "off",
      autocapitalize: "off",
      spellcheck: "false",
      lang: "en",
    });
    const submit = (e) => {
      e.preventDefault();
      done(field.value.trim());
    };
    return element(
      "form",
      { class: "said", hidden: !this.asking, onsubmit: submit },
      element("label", { for: "said" }, texts.get("said_label")),
      field,
      element("button", { class: "primary", type: "submit", id: "said-ok" }, texts.get("said_ok")),
    );
  }

  /**
   * Over the words for the teacher where it fits there and covers no item. On a phone there is no such place: over the
   * bar then, or at the upper edge where the very item would be under it.
   */
  place(screen) {
    this.screen = screen;
    const dock = screen.querySelector(".dock");
    const cells = [...screen.querySelectorAll(".item")];
    const covers = (cell) => overlap(this.element.getBoundingClientRect(), cell.getBoundingClientRect());
    this.element.classList.remove("at-top");
    screen.querySelector(".teacher").append(this.element);
    const { top, bottom } = this.element.getBoundingClientRect();
    if (top < 0 || bottom > dock.getBoundingClientRect().top || cells.some(covers)) {
      dock.prepend(this.element);
      this.element.classList.toggle("at-top", cells.some((cell) => cell.dataset.item === this.item && covers(cell)));
    }
    this.focus();
  }

  askSaid() {
    this.said.hidden = false;
    this.place(this.screen);
  }

  focus() {
    const first = this.said.hidden ? ".kind" : "input";
    this.element.querySelector(first).focus({ preventScroll: true });
  }
}
