// Listening to a take: one at a time; what can't be heard is told.

/** `id` of the take that is heard now, `failed` of the one that could not be; `changed()` after every change. */
export class Playback {
  constructor(changed) {
    this.changed = changed;
    this.stop();
  }

  /** `take`: `{id, stored, wav}`; `stored`: the server has it, treated; else it is heard as it was recorded. */
  play(take) {
    this.stop();
    this.id = take.id;
    this.address = take.stored ? `/files/audio/takes/${take.id}` : URL.createObjectURL(new Blob([take.wav], { type: "audio/wav" }));
    const audio = new Audio(this.address);
    this.audio = audio;
    audio.addEventListener("ended", () => this.end(audio, null));
    audio.play().catch(() => this.end(audio, take.id));
    this.changed();
  }

  /** Silence, and nothing said about what failed before. */
  stop() {
    this.audio?.pause();
    if (this.address?.startsWith("blob:")) URL.revokeObjectURL(this.address);
    Object.assign(this, { audio: null, address: null, id: null, failed: null });
  }

  /** Only the one that is heard now: an earlier one was stopped by the person. */
  end(audio, failed) {
    if (audio !== this.audio) return;
    this.stop();
    this.failed = failed;
    this.changed();
  }
}
