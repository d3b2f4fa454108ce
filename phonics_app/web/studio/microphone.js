// The microphone: opened once, its loudness shown all the time, its samples kept while recording.

import { wavOf } from "./wav.js";

// The tap on the button is heard in the microphone: recording begins after it, and ends a little after the second one.
const AFTER_TAP_MS = 150;
const SPEAK_MS = 350;
const TAIL_MS = 250;
const SILENT_DB = -60;

/** Why there is no microphone: "insecure", "refused", "missing", "busy" or "lost". */
export class NoMicrophone extends Error {
  constructor(reason) {
    super(reason);
    this.reason = reason;
  }
}

const REASONS = { NotAllowedError: "refused", SecurityError: "refused", NotFoundError: "missing", OverconstrainedError: "missing" };

/** Browsers give microphones to secure addresses only: https, or this very computer. */
export const isPossible = () => window.isSecureContext && Boolean(navigator.mediaDevices?.getUserMedia);

const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

export class Microphone {
  /** Asks for the microphone; must be called from a tap. `lost()` when it is unplugged. */
  static async open(lost) {
    if (!isPossible()) throw new NoMicrophone("insecure");
    const microphone = new Microphone();
    try {
      // As it is: what phone calls do to a voice takes away /f/, /s/ and the ends of words.
      const audio = { channelCount: 1, echoCancellation: false, noiseSuppression: false, autoGainControl: false };
      microphone.stream = await navigator.mediaDevices.getUserMedia({ audio });
      await microphone.listen();
    } catch (fault) {
      microphone.close();
      throw new NoMicrophone(REASONS[fault.name] ?? "busy");
    }
    microphone.stream.getTracks().forEach((track) => track.addEventListener("ended", lost));
    return microphone;
  }

  async listen() {
    this.context = new AudioContext();
    await this.context.resume();
    await this.context.audioWorklet.addModule("/studio/static/recorder_worklet.js");
    const source = this.context.createMediaStreamSource(this.stream);
    this.analyser = this.context.createAnalyser();
    this.frame = new Float32Array(this.analyser.fftSize);
    this.pieces = null;
    const recorder = new AudioWorkletNode(this.context, "recorder", { numberOfOutputs: 0 });
    recorder.port.onmessage = ({ data }) => this.pieces?.push(data);
    source.connect(this.analyser);
    source.connect(recorder);
  }

  /** The loudest sample of the last moment, in dB below full scale. */
  get peak() {
    this.analyser.getFloatTimeDomainData(this.frame);
    const peak = this.frame.reduce((most, sample) => Math.max(most, Math.abs(sample)), 0);
    return Math.max(20 * Math.log10(peak + 1e-9), SILENT_DB);
  }

  /** Begins to keep samples; resolves when it is time to speak: the silence before is needed to know the room. */
  async record() {
    // A tablet that slept has put it to sleep as well.
    await this.context.resume();
    await pause(AFTER_TAP_MS);
    this.pieces = [];
    await pause(SPEAK_MS);
  }

  /** Ends the recording; resolves to its WAV. */
  async finish() {
    await pause(TAIL_MS);
    const pieces = this.pieces ?? [];
    this.pieces = null;
    return wavOf(pieces, this.context.sampleRate);
  }

  close() {
    this.pieces = null;
    this.stream?.getTracks().forEach((track) => track.stop());
    this.context?.close();
  }
}
