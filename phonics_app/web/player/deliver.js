// Hands over a test that the player saved as a file or showed as QR codes, of which each scan brings a part in this
// page's fragment; the server takes each event once, however often it comes.

import { postEvents } from "./api.js";
import { Carried } from "./carried.js";
import { button, element, show } from "./dom.js";
import { Texts } from "./texts.js";

const BATCH = 200;
const page = JSON.parse(document.getElementById("page-data").textContent);
const texts = new Texts(page.texts, page.language);
const form = document.getElementById("deliver");
const outcome = document.getElementById("outcome");
const chosen = document.getElementById("chosen");
const untold = chosen.textContent;
const carried = new Carried();

// The browser's own words beside a file field are in the browser's language, not in the page's.
const tellChosen = () => (chosen.textContent = form.elements.file.files[0]?.name ?? untold);

function say(kind, words, ...more) {
  outcome.className = `notice ${kind}`;
  outcome.hidden = false;
  show(outcome, words, ...more);
}

async function readTest(file) {
  try {
    const { attempt_id: attemptId, events } = JSON.parse(await file.text());
    return typeof attemptId === "string" && Array.isArray(events) && events.length > 0 ? { attemptId, events } : null;
  } catch {
    return null;
  }
}

/** Whether the server has the whole test now; says so, or why not. */
async function handOver({ attemptId, events }) {
  try {
    for (let at = 0; at < events.length; at += BATCH) {
      await postEvents(attemptId, events.slice(at, at + BATCH));
    }
  } catch (failure) {
    say("bad", failure.text || texts.get("start_failed"));
    return false;
  }
  const href = `/result?attempt=${encodeURIComponent(attemptId)}`;
  say("good", texts.get("delivered"), " ", element("a", { class: "button secondary", href }, texts.get("to_result")));
  return true;
}

form.addEventListener("change", () => {
  outcome.hidden = true;
  tellChosen();
});
tellChosen();

form.addEventListener("submit", async (e) => {
  e.preventDefault();
  const [file] = form.elements.file.files;
  if (!file) {
    say("bad", texts.get("no_file"));
    return;
  }
  const test = await readTest(file);
  if (!test) say("bad", texts.get("not_a_test_file"));
  else await handOver(test);
});

/** The tests of which parts are here, and what is missing of each. */
function listCarried() {
  const sets = carried.sets();
  document.getElementById("carried").hidden = sets.length === 0;
  show(document.getElementById("carried-tests"), ...sets.map(carriedTest));
}

function carriedTest(found) {
  const { set, count, missing } = found;
  const told = missing.length
    ? texts.get("carried_missing", { have: count - missing.length, all: count, missing: missing.join(", ") })
    : texts.get("carried_sending");
  const forget = () => {
    carried.forget(set);
    listCarried();
  };
  return element(
    "li",
    { "data-missing": missing.join(" ") },
    element("span", { role: "status" }, told, " "),
    !missing.length && button({ class: "secondary", onclick: () => deliverCarried(found) }, texts.get("try_again")),
    button({ class: "quiet", onclick: forget }, texts.get("carried_forget")),
  );
}

/** The very way that a file goes. */
async function deliverCarried(found) {
  const test = carried.test(found);
  if (!test) say("bad", texts.get("carried_broken"));
  else if (await handOver(test)) carried.done(found.set);
  listCarried();
}

async function takeScanned() {
  const { hash } = window.location;
  // The part is in the browser's storage now; it need not stand in the address, nor come again with a reload.
  if (hash) history.replaceState(null, "", window.location.pathname);
  if (hash && !carried.take(hash)) say("bad", texts.get("carried_not"));
  listCarried();
  for (const found of carried.sets()) if (!found.missing.length) await deliverCarried(found);
}

window.addEventListener("hashchange", takeScanned);
takeScanned();
