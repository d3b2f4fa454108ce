// Events as parts small enough for QR codes, and back. Each part stands in the fragment of an address, which a browser
// never sends: `c=1z.<attempt>.<part>.<parts>.<checksum>.<data>`; "1" is the form of this, "z" packed or "p" plain.

import { inflate } from "./inflate.js";

// Signs of data in one code: with the address about 500, which a camera reads from a tablet's screen.
export const PART_LENGTH = 400;
const MOST_PARTS = 400;
const FORM = /^#?c=1([pz])\.([0-9a-f]{32})\.(\d{1,3})\.(\d{1,3})\.([0-9a-f]{8})\.([\w-]+)$/;

const TABLE = Array.from({ length: 256 }, (_, n) => {
  let value = n;
  for (let bit = 0; bit < 8; bit += 1) value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1;
  return value;
});

/** CRC-32, eight hex digits. */
export function checksum(bytes) {
  let value = 0xffffffff;
  for (const byte of bytes) value = (value >>> 8) ^ TABLE[(value ^ byte) & 255];
  return ((value ^ 0xffffffff) >>> 0).toString(16).padStart(8, "0");
}

function toText(bytes) {
  let text = "";
  for (let at = 0; at < bytes.length; at += 4096) text += String.fromCharCode(...bytes.subarray(at, at + 4096));
  return btoa(text).replace(/[+/=]/g, (sign) => ({ "+": "-", "/": "_", "=": "" })[sign]);
}

const toBytes = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (sign) => sign.charCodeAt(0));

/** `[bytes, "z"]`, or as they are and "p" where the browser can't pack: then there are more codes. */
async function packed(bytes) {
  if (typeof CompressionStream === "undefined") return [bytes, "p"];
  const stream = new Blob([bytes]).stream().pipeThrough(new CompressionStream("deflate"));
  return [new Uint8Array(await new Response(stream).arrayBuffer()), "z"];
}

/** The addresses that carry `events`, in order; `address` is that of the page that collects them. */
export async function addressesOf(address, attemptId, events) {
  const [bytes, how] = await packed(new TextEncoder().encode(JSON.stringify(events)));
  const data = toText(bytes);
  const count = Math.ceil(data.length / PART_LENGTH);
  // All of nearly the same length: their codes look alike, and none is harder to read than the others.
  const length = Math.ceil(data.length / count);
  const part = (n) => data.slice((n - 1) * length, n * length);
  const head = (n) => ["c=1" + how, attemptId, n, count, checksum(bytes)].join(".");
  return Array.from({ length: count }, (_, i) => `${address}#${head(i + 1)}.${part(i + 1)}`);
}

/** A part as it stands in a fragment, or null. `set` names all parts that belong together. */
export function partOf(fragment) {
  const found = FORM.exec(fragment);
  if (!found) return null;
  const [, how, attemptId, number, count, sum, data] = found;
  const part = { how, attemptId, number: Number(number), count: Number(count), sum, data };
  const sound = part.number >= 1 && part.number <= part.count && part.count <= MOST_PARTS;
  return sound ? { ...part, set: [how, attemptId, count, sum].join(".") } : null;
}

/** `{attemptId, events}` of all parts' data in order, or null where they are not what was sent. */
export function together(set, datas) {
  const [how, attemptId, , sum] = set.split(".");
  try {
    const bytes = toBytes(datas.join(""));
    if (checksum(bytes) !== sum) return null;
    const events = JSON.parse(new TextDecoder().decode(how === "z" ? inflate(bytes) : bytes));
    return Array.isArray(events) && events.length > 0 ? { attemptId, events } : null;
  } catch {
    return null;
  }
}
