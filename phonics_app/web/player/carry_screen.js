// What could not be sent, as codes for the camera of another device: one at a time, large.

import { addressesOf } from "./carrying.js";
import { button, element, show } from "./dom.js";
import { qrPicture } from "./qr.js";

export class CarryScreen {
  /** `closed()` when the teacher goes back. */
  constructor({ texts, address, attemptId, events, closed }) {
    Object.assign(this, { texts, closed, at: 0, addresses: [] });
    this.main = element("main", { class: "panel carry", id: "carry" });
    this.element = element("div", { class: "panel-screen" }, this.main);
    this.ready = addressesOf(address, attemptId, events).then((addresses) => {
      this.addresses = addresses;
      this.draw();
    });
  }

  step(by) {
    const all = this.addresses.length;
    this.at = (this.at + by + all) % all;
    const { id } = document.activeElement;
    this.draw();
    document.getElementById(id)?.focus();
  }

  draw() {
    const { texts, addresses, at } = this;
    const told = texts.get("carry_at", { at: at + 1, all: addresses.length });
    const several = addresses.length > 1;
    const turn = (id, sign, by, key) =>
      several && button({ class: "plain", id, onclick: () => this.step(by) }, element("span", { "aria-hidden": "true" }, sign), " ", texts.get(key));
    show(
      this.main,
      element("h1", {}, texts.get("carry_title")),
      element("p", {}, texts.get(several ? "carry_hint" : "carry_hint_one")),
      qrPicture(addresses[at], told),
      element("p", { class: "carry-at", role: "status" }, told),
      element(
        "div",
        { class: "buttons" },
        turn("carry-before", "◀", -1, "smaller_step"),
        turn("carry-next", "▶", 1, "bigger_step"),
        button({ class: "primary", id: "carry-close", onclick: this.closed }, texts.get("carry_close")),
      ),
    );
  }
}
