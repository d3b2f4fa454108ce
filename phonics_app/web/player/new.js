// The start screen: makes the attempt under an id of its own, so that a repeated request makes one test, not two.

import { startAttempt } from "./api.js";
import { show } from "./dom.js";
import { applyLook, lookFields } from "./look.js";
import { remember, rememberedWay } from "./seeing.js";
import { Texts } from "./texts.js";

const page = JSON.parse(document.getElementById("page-data").textContent);
const texts = new Texts(page.texts, page.language);
const form = document.getElementById("start");
const refusal = document.getElementById("refusal");

/** 32 hex digits; `crypto.randomUUID` is missing on plain-http addresses of a LAN. */
const newId = () => [...crypto.getRandomValues(new Uint8Array(16))].map((b) => b.toString(16).padStart(2, "0")).join("");
const id = newId();

applyLook();
show(document.getElementById("look"), lookFields(texts));

form.elements.sees.value = rememberedWay();
form.addEventListener("change", () => remember("sees", form.elements.sees.value));

form.addEventListener("submit", async (e) => {
  e.preventDefault();
  const go = form.querySelector("button");
  const level = Number(new FormData(form).get("start_level"));
  go.disabled = true;
  refusal.hidden = true;
  try {
    // The proposed level is left to the server, which then knows that nobody has changed it.
    const chosen = level === page.start_level ? {} : { start_level: level };
    await startAttempt({ id, pupil_id: page.pupil_id, ...chosen });
    window.location.assign(`/play/${id}`);
  } catch (failure) {
    refusal.textContent = failure.text || texts.get("start_failed");
    refusal.hidden = false;
    go.disabled = false;
  }
});
