// Bringing in a filled-in spreadsheet: look at it, show every fault or what would be stored, store that.

import { call } from "/play/static/api.js";
import { button, element, show } from "/play/static/dom.js";
import { Texts } from "/play/static/texts.js";

const PATIENCE_MS = 60000;
const COLUMNS = ["sheet", "row", "column", "value", "told"];
const page = JSON.parse(document.getElementById("page-data").textContent);
const texts = new Texts(page.texts, page.language);
const input = document.getElementById("file");
const found = document.getElementById("found");

const notice = (tone, ...words) => element("p", { class: `notice ${tone}`, role: "status" }, ...words);

function send(file, content, digest) {
  const query = new URLSearchParams({ name: file.name, ...(digest ? { digest } : {}) });
  const headers = { "Content-Type": "application/octet-stream" };
  return call(`/api/v1/paper/import?${query}`, { method: "POST", body: content, headers }, PATIENCE_MS);
}

function faults(problems) {
  const head = element("tr", {}, ...COLUMNS.map((name) => element("th", { scope: "col" }, texts.get(name))));
  // On a phone a fault is a small card, each value beside the name of its column.
  const cell = (one, name) => element("td", { "data-column": texts.get(name) }, String(one[name] ?? ""));
  const rows = problems.map((one) => element("tr", {}, ...COLUMNS.map((name) => cell(one, name))));
  const table = element("table", {}, element("thead", {}, head), element("tbody", {}, ...rows));
  const told = texts.get("faults", { n: problems.length });
  show(found, notice("bad", told), element("div", { class: "faults" }, table));
}

function preview(file, content, shown) {
  if (shown.problems.length) {
    faults(shown.problems);
    return;
  }
  if (!shown.ready) {
    show(found, notice("", texts.get("nothing_new")));
    return;
  }
  const names = element("ul", { class: "rows" }, ...shown.rows.map((row) => element("li", { class: row.change }, row.name)));
  const store = button({ class: "primary", id: "store", onclick: () => work(() => commit(file, content, shown)) }, texts.get("store", shown));
  show(found, notice("good", texts.get("rows_new", { new: shown.new, same: shown.rows.length - shown.new })), names, store);
}

async function commit(file, content, shown) {
  const { stored } = await send(file, content, shown.digest);
  show(found, notice("good", texts.get("stored", { n: stored })));
}

/** What goes wrong is told, and the file can be chosen again. */
async function work(act) {
  try {
    await act();
  } catch (failure) {
    const words = [failure.text, ...(failure.problems ?? []).map((problem) => problem.message)].filter(Boolean).join(" ");
    show(found, notice("bad", words || texts.get("no_answer")));
  }
}

input.addEventListener("change", () => {
  const [file] = input.files;
  if (!file) return;
  work(async () => {
    show(found, notice("", texts.get("looking")));
    const content = await file.arrayBuffer();
    preview(file, content, await send(file, content));
    input.value = "";
  });
});
