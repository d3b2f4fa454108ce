// One tab gives the test; a second one asks before it takes over. Works on plain http, where locks are missing.

const ANSWER_MS = 250;

/** What the tabs of this device say to each other. */
function channelOf(name) {
  return typeof BroadcastChannel === "undefined" ? new StorageChannel(`tabs/${name}`) : new BroadcastChannel(name);
}

/** The same where there is no BroadcastChannel (Safari before 15.4): other tabs hear of what is put into localStorage. */
class StorageChannel {
  constructor(name) {
    this.name = name;
    window.addEventListener("storage", ({ key, newValue }) => {
      if (key === name && newValue) this.onmessage({ data: JSON.parse(newValue) });
    });
  }

  postMessage(data) {
    try {
      localStorage.setItem(this.name, JSON.stringify(data));
      localStorage.removeItem(this.name);
    } catch {
      // Nobody hears it. That two tabs never write the same number is for the storage of events to see to.
    }
  }
}

export class TabGuard {
  /** `taken()` is called when another tab has taken this attempt over. */
  constructor(attemptId, taken) {
    this.id = String(Math.random()).slice(2);
    this.holding = false;
    this.channel = channelOf(`phonics-player/${attemptId}`);
    this.channel.onmessage = ({ data }) => this.hear(data, taken);
  }

  /** Resolves to true when no other tab has this attempt open; from then on this tab holds it. */
  async claim() {
    this.waiting = true;
    const answer = new Promise((resolve) => (this.refused = () => resolve(false)));
    this.channel.postMessage({ kind: "anyone", id: this.id });
    const free = new Promise((resolve) => setTimeout(() => resolve(true), ANSWER_MS));
    this.holding = await Promise.race([answer, free]);
    this.waiting = false;
    // A tab that slept through the question hears this when it wakes, and gives way.
    if (this.holding) this.takeOver();
    return this.holding;
  }

  /** Takes the attempt away from the other tab. */
  takeOver() {
    this.channel.postMessage({ kind: "mine", id: this.id });
    this.holding = true;
  }

  hear({ kind, id }, taken) {
    // Two tabs that ask at the same moment: the lower id wins.
    const first = this.waiting && this.id < id;
    if (kind === "anyone" && (this.holding || first)) this.channel.postMessage({ kind: "held", id: this.id, to: id });
    if (kind === "held" && this.waiting) this.refused();
    if (kind === "mine" && this.holding) {
      this.holding = false;
      taken();
    }
  }
}
