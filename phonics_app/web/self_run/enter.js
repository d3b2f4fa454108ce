// Entering: the code, one's number, one's name, and waiting to be let in.

import { button, element, show } from "/play/static/dom.js";
import { chooseNumber, confirmName, join, placeNow, postEvents } from "./server.js";
import { picture, screen, whileBusy } from "./screens.js";

const DIGITS = 6;
const WAIT_MS = 2500;
const LONGEST_WAIT_MS = 10000;
const TESTING = ["admitted", "going", "paused"];

export class Entering {
  constructor(parts) {
    Object.assign(this, parts);
    this.code = "";
    this.refusal = "";
  }

  async start() {
    await this.sendLeftovers();
    if (this.page.code.length === DIGITS) {
      this.code = this.page.code;
      history.replaceState(null, "", "/join");
      await this.enter();
      return;
    }
    const place = await placeNow().catch(() => null);
    if (place && !["finished", "ended"].includes(place.status)) this.show(place);
    else this.showCode();
  }

  /** Answers of another test that are still here go to the server before this device becomes somebody else's. */
  async sendLeftovers() {
    for (const id of await this.store.ids()) {
      const { sitting, events, acknowledged } = await this.store.load(id);
      if (!sitting?.plan?.pool || acknowledged >= events.length) continue;
      await postEvents(id, events.slice(acknowledged))
        .then((answer) => this.store.acknowledge(id, answer.acknowledged))
        .catch(() => {});
    }
    for (const id of await this.store.settled()) await this.store.remove(id);
  }

  show(place) {
    if (place.status === "choosing") this.showNumbers(place);
    else if (place.status === "checking") this.showName(place);
    else if (TESTING.includes(place.status)) window.location.assign(`/self/${place.attempt_id || "test"}`);
    else this.showWaiting();
  }

  put(name, title, ...content) {
    clearTimeout(this.timer);
    const refusal = this.refusal && element("p", { class: "notice bad", role: "alert", id: "refusal" }, this.refusal);
    show(this.root, screen(this, name, title, refusal, ...content));
    this.refusal = "";
  }

  /** Does `ask`, and shows where that leads, or why it didn't. */
  async go(ask, otherwise) {
    await whileBusy(this.root, async () => {
      try {
        this.show(await ask());
      } catch (failure) {
        this.refusal = failure.text || this.texts.get("no_connection");
        if (failure.status === 401) this.showCode();
        else otherwise();
      }
    });
  }

  showCode() {
    const { texts } = this;
    this.code = "";
    const cells = Array.from({ length: DIGITS }, () => element("span", { class: "cell" }));
    const label = element("output", { class: "code", "aria-label": texts.get("code_label"), id: "code" }, ...cells);
    const enter = button({ class: "primary huge", id: "enter", disabled: true, onclick: () => this.enter() }, picture("➜"), texts.get("enter"));
    const draw = () => {
      cells.forEach((cell, i) => (cell.textContent = this.code[i] ?? ""));
      enter.disabled = this.code.length !== DIGITS;
    };
    const type = (digit) => {
      if (this.code.length < DIGITS) this.code += digit;
      draw();
      if (this.code.length === DIGITS) enter.focus();
    };
    const erase = () => {
      this.code = this.code.slice(0, -1);
      draw();
    };
    this.put("code", texts.get("enter_title"), label, pad(texts, type, erase), enter);
    this.keys = (e) => {
      if (/^\d$/.test(e.key)) type(e.key);
      else if (e.key === "Backspace") erase();
    };
    document.onkeydown = this.keys;
  }

  async enter() {
    document.onkeydown = null;
    const { code } = this;
    await this.go(() => join(code), () => this.showCode());
  }

  showNumbers({ numbers }) {
    const { texts } = this;
    const choices = numbers.map(([number, free]) =>
      button(
        {
          class: "number",
          "data-number": number,
          disabled: !free,
          "aria-label": texts.get(free ? "number" : "number_gone", { number }),
          onclick: () => this.go(() => chooseNumber(number), () => this.again()),
        },
        String(number),
      ),
    );
    this.put("numbers", texts.get("number_title"), picture("🙋"), element("div", { class: "number-grid" }, ...choices));
  }

  /** The numbers as they are now; somebody else may have sat down meanwhile. */
  async again() {
    const { refusal } = this;
    await placeNow().then(
      (place) => {
        this.refusal = refusal;
        this.show(place);
      },
      () => this.showCode(),
    );
  }

  showName({ number, name }) {
    const { texts } = this;
    const answer = (mine) => this.go(() => confirmName(mine), () => this.again());
    this.put(
      "name",
      texts.get("name_title"),
      element("p", { class: "big-number", "aria-label": texts.get("number", { number }) }, String(number)),
      element("p", { class: "own-name", id: "own-name", lang: "th" }, name),
      element(
        "div",
        { class: "two" },
        button({ class: "no huge", id: "no", onclick: () => answer(false) }, picture("👎"), texts.get("no")),
        button({ class: "primary huge", id: "yes", onclick: () => answer(true) }, picture("👍"), texts.get("yes")),
      ),
    );
  }

  showWaiting(wait = WAIT_MS) {
    this.put("waiting", this.texts.get("waiting_title"), picture("⏳", "waiting-picture"), element("p", { role: "status" }, this.texts.get("waiting")));
    const ask = async () => {
      const place = await placeNow().catch((failure) => (failure.status === 401 ? { status: "out" } : null));
      if (place?.status === "out") this.showCode();
      else if (place && place.status !== "waiting" && place.status !== "paused") this.show(place);
      else this.timer = setTimeout(ask, place ? WAIT_MS : Math.min(wait * 2, LONGEST_WAIT_MS));
    };
    this.timer = setTimeout(ask, wait * (0.8 + 0.4 * Math.random()));
  }
}

function pad(texts, type, erase) {
  const key = (digit) =>
    button({ class: "key", "aria-label": texts.get("digit", { digit }), "data-digit": digit, onclick: () => type(digit) }, digit);
  const back = button({ class: "key erase", "aria-label": texts.get("erase"), id: "erase", onclick: erase }, "⌫");
  return element("div", { class: "pad" }, ..."123456789".split("").map(key), back, key("0"));
}
