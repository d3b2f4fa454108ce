// Hands over a test that the player saved as a file; the server takes each event once, however often it comes.

import { postEvents } from "./api.js";
import { element, show } from "./dom.js";
import { Texts } from "./texts.js";

const BATCH = 200;
const page = JSON.parse(document.getElementById("page-data").textContent);
const texts = new Texts(page.texts, page.language);
const form = document.getElementById("deliver");
const outcome = document.getElementById("outcome");
const chosen = document.getElementById("chosen");
const untold = chosen.textContent;

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

form.elements.file.addEventListener("change", () => {
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
  if (!test) {
    say("bad", texts.get("not_a_test_file"));
    return;
  }
  try {
    for (let at = 0; at < test.events.length; at += BATCH) {
      await postEvents(test.attemptId, test.events.slice(at, at + BATCH));
    }
    const href = `/result?attempt=${encodeURIComponent(test.attemptId)}`;
    say("good", texts.get("delivered"), element("a", { class: "button secondary", href }, texts.get("to_result")));
  } catch (failure) {
    say("bad", failure.text || texts.get("start_failed"));
  }
});
