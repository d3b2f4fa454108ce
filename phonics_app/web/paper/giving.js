// The same form given on this screen: an attempt of its own, in the player.

import { post } from "/play/static/api.js";

/** 32 hex digits; `crypto.randomUUID` is missing on plain-http addresses of a LAN. */
const newId = () => [...crypto.getRandomValues(new Uint8Array(16))].map((b) => b.toString(16).padStart(2, "0")).join("");

export async function startOn(entry) {
  const id = newId();
  try {
    await post(`/api/v1/paper/${entry.page.code}/attempts`, { id, pupil_id: entry.current.row.pupil.id });
    window.location.assign(`/play/${id}`);
  } catch (failure) {
    entry.screen.notice.textContent = failure.text || entry.texts.get("load_class_failed");
    entry.screen.notice.hidden = false;
  }
}
