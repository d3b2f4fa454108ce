// A pupil's own device: entering, and the test.

import { applyLook } from "/play/static/look.js";
import { openStore } from "/play/static/store.js";
import { Texts } from "/play/static/texts.js";
import { Entering } from "./enter.js";
import { Taking } from "./taking.js";

const page = JSON.parse(document.getElementById("page-data").textContent);
const root = document.getElementById("self-run");
const texts = new Texts(page.texts, page.language);

async function start() {
  const store = await openStore();
  const parts = { page, root, texts, store };
  if (page.attempt_id) await new Taking(parts).start();
  else await new Entering(parts).start();
}

applyLook();
start();
