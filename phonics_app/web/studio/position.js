// Where each list was left, what was skipped in it, and whose voice it was: small things, in localStorage.

const PREFIX = "phonics-studio/";

export class Position {
  constructor(account) {
    this.account = account;
  }

  read(name, otherwise) {
    try {
      return JSON.parse(localStorage.getItem(`${PREFIX}${this.account}/${name}`)) ?? otherwise;
    } catch {
      return otherwise;
    }
  }

  write(name, value) {
    try {
      localStorage.setItem(`${PREFIX}${this.account}/${name}`, JSON.stringify(value));
    } catch {
      // Only a convenience: the list then begins with the first sound that is missing.
    }
  }

  get voice() {
    return this.read("voice", {});
  }

  rememberVoice(voice) {
    this.write("voice", voice);
  }

  remember(set, key) {
    this.write(`${set}/at`, key);
  }

  skip(set, key) {
    this.write(`${set}/skipped`, [...new Set([...this.read(`${set}/skipped`, []), key])]);
  }

  /** The sound that was left undone; else the next one that is. -1 where all are done. */
  first(set, sounds, isDone) {
    const at = sounds.findIndex((sound) => sound.key === this.read(`${set}/at`, ""));
    return at >= 0 && !isDone(sounds[at]) ? at : this.after(set, at, sounds, isDone);
  }

  /** The next one to be recorded; those that were skipped come again when nothing else is left. */
  after(set, index, sounds, isDone) {
    const order = sounds.map((_, i) => (index + 1 + i) % sounds.length).filter((i) => !isDone(sounds[i]));
    const skipped = new Set(this.read(`${set}/skipped`, []));
    const fresh = order.find((i) => !skipped.has(sounds[i].key));
    if (fresh !== undefined) return fresh;
    this.write(`${set}/skipped`, []);
    return order[0] ?? -1;
  }
}
