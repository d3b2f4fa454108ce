// A finger or a mouse button that is down: what is drawn anew beneath it would lose its tap.

const LATER_MS = 80;

/** `down` as long as something under `root` is pressed; `released()` when that ended without a tap, or after it. */
export class Press {
  constructor(root, released) {
    this.down = false;
    root.addEventListener("pointerdown", () => (this.down = true));
    // Before what the tap does, so that its own change is drawn at once.
    root.addEventListener("click", () => (this.down = false), true);
    const end = () => {
      this.down = false;
      released();
    };
    for (const name of ["pointerup", "pointercancel"]) window.addEventListener(name, () => setTimeout(end, LATER_MS));
  }
}
