// The small, calm word on whether the server has everything.

import { button, element } from "./dom.js";

const SIGNS = { sent: "✓", sending: "↑", waiting: "○", signed_out: "○", refused: "!" };

/** A chip in the top bar; where something can be done about it, it is a link or a button. */
export function connectionChip(texts, outbox) {
  const { state, unsent } = outbox;
  const sign = element("span", { class: "sign", "aria-hidden": "true" }, SIGNS[state]);
  const label = texts.get(`connection_${state}`, { n: unsent });
  // That all is well is seen and not told: a screen reader would say so after each touch.
  const role = state === "sent" || state === "sending" ? null : "status";
  const chip = element("span", { class: `connection ${state}`, role, id: "connection" }, sign, element("span", { class: "label" }, label));
  if (state === "signed_out") {
    const link = element("a", { href: "/auth/sign-in", target: "_blank", class: "chip-action" }, texts.get("sign_in_again"));
    return element("span", { class: "connection-group" }, chip, link);
  }
  if (state === "refused") {
    const again = button({ class: "chip-action", onclick: () => outbox.again() }, texts.get("try_again"));
    return element("span", { class: "connection-group" }, chip, again);
  }
  return chip;
}
