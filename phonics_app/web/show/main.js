// A pupil's screen beside the teacher's device: it asks what is to be shown, and shows it. It says nothing to the
// server but "what now?".

import { call, post } from "/play/static/api.js";
import { button, element, show } from "/play/static/dom.js";
import { applyLook, lookMenu } from "/play/static/look.js";
import { wordsFor } from "/play/static/pupil_words.js";
import { Texts } from "/play/static/texts.js";
import { codePad, DIGITS } from "./code_pad.js";

// The server answers within 8 s; a little more, and the link counts as lost.
const PATIENCE_MS = 13000;
const FIRST_WAIT_MS = 500;
const LONGEST_WAIT_MS = 4000;
// Where the pair was forgotten, this screen is known again as soon as the teacher's device has spoken.
const UNKNOWN_MS = 30000;

// Words are as large as the screen allows anyhow, and there are no buttons.
const LOOKS = ["spacing", "letters"];

const page = JSON.parse(document.getElementById("page-data").textContent);
const root = document.getElementById("show");
const texts = new Texts(page.texts, page.language);

class PupilScreen {
  constructor() {
    this.notice = element("p", { class: "link-notice", id: "link", role: "status", hidden: true });
    this.place = element("main", { class: "place" });
    this.asking = 0;
    window.addEventListener("resize", () => this.words?.fit());
    window.addEventListener("online", () => this.hurry());
    document.addEventListener("visibilitychange", () => this.hurry());
  }

  async start() {
    if (page.code.length === DIGITS) {
      history.replaceState(null, "", "/show");
      await this.join(page.code);
      return;
    }
    // A screen that was loaded anew goes on.
    const seen = await call("/api/v1/show").catch((failure) => failure);
    if (seen.status === 401 || seen.status === "ended") this.askCode();
    else this.follow(seen.version ? seen : null);
  }

  askCode(refusal = "") {
    this.asking += 1;
    const language = button({ class: "language", lang: texts.other, onclick: () => this.otherLanguage() }, texts.get("other_language"));
    const corner = element("div", { class: "corner" }, lookMenu(texts, LOOKS), language);
    show(root, corner, codePad(texts, refusal, (code) => this.join(code)));
  }

  otherLanguage() {
    texts.toggle();
    this.askCode();
  }

  async join(code) {
    try {
      this.follow(await post("/api/v1/show/join", { code }));
    } catch (failure) {
      this.askCode(failure.text || texts.get("no_connection"));
    }
  }

  /** Asks again and again; only one of these goes on at a time. */
  async follow(screen) {
    const own = (this.asking += 1);
    this.drawn = null;
    show(root, this.notice, this.place);
    this.draw(screen ?? { status: "waiting", lines: [], passage: false, teacher: true, version: "" });
    let wait = FIRST_WAIT_MS;
    let known = Date.now();
    while (own === this.asking) {
      const answer = await call(`/api/v1/show?seen=${this.version}`, {}, PATIENCE_MS).catch((failure) => failure);
      if (own !== this.asking) return;
      if (answer.version) {
        wait = FIRST_WAIT_MS;
        known = Date.now();
        this.tell("");
        this.draw(answer);
      } else if (answer.status === 401 && Math.abs(Date.now() - known) > UNKNOWN_MS) {
        this.askCode(answer.text);
      } else {
        if (answer.status !== 401) known = Date.now();
        this.tell("link_lost");
        await this.pause(wait);
        wait = Math.min(wait * 2, LONGEST_WAIT_MS);
      }
    }
  }

  pause(milliseconds) {
    return new Promise((resolve) => {
      this.hurry = resolve;
      setTimeout(resolve, milliseconds);
    });
  }

  hurry() {}

  /** What is wrong with the link, at the edge: the words stay, for a pupil may be reading them. */
  tell(key) {
    this.notice.hidden = !key;
    this.notice.textContent = key ? texts.get(key) : "";
    document.body.dataset.link = key || "well";
  }

  draw({ version, status, lines, passage, teacher }) {
    this.version = version;
    const key = JSON.stringify([status, lines, passage]);
    if (key !== this.drawn) {
      this.drawn = key;
      document.body.dataset.shows = status;
      this.words = null;
      if (status === "showing") this.drawWords({ lines, passage });
      else if (status === "ended") this.drawEnd();
      else show(this.place, ...calm("🌱", texts.get("waiting")));
    }
    if (status !== "ended") this.tell(teacher ? "" : "teacher_away");
  }

  drawWords(words) {
    this.words = wordsFor(words);
    show(this.place, this.words.element);
    this.words.fit();
    // The letters' own shapes may come later than the words.
    document.fonts.ready.then(() => this.words?.fit());
  }

  drawEnd() {
    this.asking += 1;
    this.tell("");
    const another = button({ class: "secondary", id: "another", onclick: () => this.askCode() }, texts.get("another"));
    show(this.place, ...calm("🌳", texts.get("over")), another);
  }
}

const calm = (picture, words) => [
  element("p", { class: "calm", "aria-hidden": "true" }, picture),
  element("p", { class: "calm-words", role: "status" }, words),
];

applyLook();
new PupilScreen().start();
