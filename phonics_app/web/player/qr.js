// QR codes drawn in this browser, so that they need no server. The library is loaded with this module alone.

import { element } from "./dom.js";
import { encode } from "./vendor/uqr/uqr.js";

// Light modules around a code: without them many cameras do not find it.
const QUIET = 4;
// Pixels of the picture for each module; the page then makes it as large as there is room, with hard edges.
const SCALE = 8;

/** `text` as a picture, with `label` for those who don't see it. */
export function qrPicture(text, label) {
  const { data, size } = encode(text, { ecc: "M", border: QUIET });
  const made = element("canvas", { class: "qr", width: size * SCALE, height: size * SCALE, role: "img", "aria-label": label });
  const pen = made.getContext("2d");
  pen.fillStyle = "#fff";
  pen.fillRect(0, 0, made.width, made.height);
  pen.fillStyle = "#000";
  data.forEach((row, y) => row.forEach((dark, x) => dark && pen.fillRect(x * SCALE, y * SCALE, SCALE, SCALE)));
  return made;
}
