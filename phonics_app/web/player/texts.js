// The interface's texts. The page brings the catalogues of all languages, so that switching needs no server.

const COOKIE_SECONDS = 365 * 24 * 3600;

export class Texts {
  /** `catalogues`: language → key → text with named placeholders in braces. */
  constructor(catalogues, language) {
    this.catalogues = catalogues;
    this.language = language;
  }

  /** The text of `key` with its placeholders filled in. */
  get(key, values = {}) {
    return this.catalogues[this.language][key].replace(/\{(\w+)\}/g, (all, name) => values[name] ?? all);
  }

  /** Content that has both languages (`domain.text.Text`). */
  content(text) {
    const other = this.language === "en" ? text.th : text.en;
    return text[this.language] || other;
  }

  /** The language that the switch offers. */
  get other() {
    return Object.keys(this.catalogues).find((language) => language !== this.language);
  }

  /** Chooses the other language, for this page and for the rest of the site. */
  toggle() {
    this.language = this.other;
    document.documentElement.lang = this.language;
    document.cookie = `phonics_language=${this.language}; path=/; max-age=${COOKIE_SECONDS}; samesite=lax`;
  }
}
