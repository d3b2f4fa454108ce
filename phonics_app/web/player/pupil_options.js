// Where the pupil sees the words, how much at once, and how a second device joins.

import { button, element } from "./dom.js";
import { pairSign } from "./pupil_view.js";
import { PORTIONS, WAYS } from "./seeing.js";

export class PupilOptions {
  constructor(pupil) {
    this.pupil = pupil;
    this.main = element("main", { class: "panel wide", id: "pupil-choice" });
    this.element = element("div", { class: "panel-screen" }, this.main);
    this.draw();
  }

  get texts() {
    return this.pupil.player.texts;
  }

  draw() {
    const { pupil, texts } = this;
    this.pairing = element("section", { class: "pairing" });
    this.main.replaceChildren(
      element("h1", {}, texts.get("sees_title")),
      this.ways(),
      ...(pupil.way === "second" ? [this.pairing] : []),
      ...(pupil.way === "second" || pupil.way === "turned" ? [this.portions()] : []),
      element("div", { class: "buttons" }, button({ class: "primary", id: "pupil-done", onclick: pupil.actions.closeOptions }, texts.get("sees_done"))),
    );
    this.key = "";
    this.update();
  }

  choice(name, value, chosen, label, told, choose) {
    const change = () => {
      choose(value);
      this.draw();
      document.querySelector(`[name="${name}"][value="${value}"]`)?.focus();
    };
    const input = element("input", { type: "radio", name, value, onchange: change });
    input.checked = chosen;
    return element("label", { class: chosen ? "way chosen" : "way" }, input, element("span", {}, label), told && element("span", { class: "told" }, told));
  }

  ways() {
    const { pupil, texts } = this;
    const way = (each) => this.choice("way", each, pupil.way === each, texts.get(`sees_${each}`), texts.get(`sees_hint_${each}`), (it) => pupil.choose(it));
    return element("fieldset", { class: "ways" }, element("legend", { class: "unseen" }, texts.get("sees_title")), ...WAYS.map(way));
  }

  portions() {
    const { pupil, texts } = this;
    const portion = (each) => this.choice("portion", each, pupil.portion === each, texts.get(`portion_${each}`), null, (it) => pupil.choosePortion(it));
    return element("fieldset", { class: "ways short" }, element("legend", {}, texts.get("portion_title")), ...PORTIONS.map(portion));
  }

  /** The state of the link, and the code while there is one to type. */
  update() {
    const { link, player } = this.pupil;
    const key = `${link.state}/${link.code}/${this.texts.language}`;
    if (this.pupil.way !== "second" || key === this.key) return;
    this.key = key;
    const { texts } = this;
    const renew = button({ class: "plain", id: "renew", onclick: () => link.open(true) }, texts.get("pair_renew"));
    if (!link.code) {
      this.pairing.replaceChildren(pairSign(this.pupil), element("p", {}, renew));
      return;
    }
    const { screen_address: address, screen_reachable: reachable } = player.page;
    const digits = `${link.code.slice(0, 3)} ${link.code.slice(3)}`;
    const picture = element("div", { class: "qr-place" });
    this.pairing.replaceChildren(
      picture,
      element(
        "div",
        {},
        element("p", {}, texts.get("pair_how")),
        element("p", { class: "address" }, address),
        element("p", {}, texts.get("pair_code")),
        element("p", { class: "digits", "aria-label": texts.get("pair_code_label", { digits: link.code }) }, digits),
        !reachable && element("p", { class: "notice bad" }, texts.get("pair_local")),
        element("p", {}, pairSign(this.pupil)),
      ),
    );
    // Only now: the library is larger than the rest of this page.
    import("./qr.js").then(({ qrPicture }) => picture.append(qrPicture(`${address}?code=${link.code}`, texts.get("pair_qr"))), () => {});
  }
}
