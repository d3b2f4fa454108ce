// Who is where: a row for each pupil, whoever needs something first in sight.

import { button, element } from "/play/static/dom.js";

const SIGNS = {
  expected: "·",
  checking: "?",
  waiting: "⏳",
  admitted: "➜",
  going: "▶",
  paused: "⏸",
  finished: "✓",
  ended: "■",
};
const ACTIONS = {
  expected: [],
  checking: ["take_back"],
  waiting: ["admit", "take_back"],
  admitted: ["pause", "end", "take_back"],
  going: ["pause", "end", "take_back"],
  paused: ["go_on", "end", "take_back"],
  finished: [],
  ended: ["re_open", "close"],
};

export function seatTable({ texts, flags, board, act }) {
  const heads = ["number", "name", "state", "questions", "actions"].map((key) => element("th", { scope: "col" }, texts.get(key)));
  const rows = board.seats.map((seat) => row({ texts, flags, act, most: board.maximum_items, ended: board.ended }, seat));
  return element("table", { class: "seats", id: "seats" }, element("thead", {}, element("tr", {}, ...heads)), element("tbody", {}, ...rows));
}

function row({ texts, flags, act, most, ended }, seat) {
  const items = seat.items ?? 0;
  const told = (seat.flags ?? []).filter((code) => flags[code]).map((code) => element("span", { class: "flag" }, "⚠ ", flags[code]));
  const bar = element("progress", { max: String(most), value: String(items), "aria-label": texts.get("questions") });
  return element(
    "tr",
    { class: seat.help ? `${seat.status} asks` : seat.status, "data-number": seat.number },
    element("td", { class: "number" }, String(seat.number)),
    element("th", { scope: "row", class: "name" }, seat.name),
    element("td", { class: "state" }, state(texts, seat, ended), ...told),
    element("td", { class: "questions" }, seat.status === "expected" && items === 0 ? "" : element("span", {}, bar, " ", String(items))),
    element("td", { class: "doing" }, ...buttons(texts, act, seat)),
  );
}

function state(texts, seat, ended) {
  const absent = ended && seat.status === "expected";
  const device = seat.device && !["finished", "ended"].includes(seat.status);
  const link = seat.connected ? "connected" : "away";
  return element(
    "span",
    { class: "where" },
    element("span", { class: "sign", "aria-hidden": "true" }, SIGNS[seat.status]),
    texts.get(absent ? "status_absent" : `status_${seat.status}`),
    seat.level && ` · ${texts.get("level", { n: seat.level })}`,
    seat.help && element("span", { class: "hand" }, ` ✋ ${texts.get("hand_up")}`),
    device && element("span", { class: `link ${link}` }, element("span", { "aria-hidden": "true" }, seat.connected ? "●" : "○"), ` ${texts.get(link)}`),
  );
}

function buttons(texts, act, seat) {
  const fits = (action) => action !== "close" || seat.items > 0;
  const wanted = [...(seat.help ? ["helped"] : []), ...ACTIONS[seat.status].filter(fits)];
  const made = wanted.map((action) =>
    button(
      {
        class: ["admit", "helped", "go_on"].includes(action) ? "secondary small" : "quiet small",
        id: `${action}-${seat.number}`,
        "data-action": action,
        "aria-label": texts.get("action_for", { action: texts.get(`action_${action}`), name: seat.name }),
        onclick: () => act(action, seat),
      },
      texts.get(`action_${action}`),
    ),
  );
  if (seat.attempt) {
    const href = `/result?attempt=${encodeURIComponent(seat.attempt)}`;
    made.push(element("a", { class: "button secondary small", id: `result-${seat.number}`, href, "aria-label": texts.get("result_for", { name: seat.name }) }, texts.get("see_result")));
  }
  return made;
}
