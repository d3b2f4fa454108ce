// Sheets on their way to the server, one after the other. Each is on the device until the server has it.

import { post } from "/play/static/api.js";
import { Sender } from "/play/static/sender.js";

export class SheetSender extends Sender {
  /** `arrived(row, attempt)`, `refused(row, text)`; `changed()` after every change of what is shown. */
  constructor({ code, givenOn, changed, arrived, refused }) {
    super(changed);
    Object.assign(this, { code, givenOn, arrived, refused, waiting: [] });
  }

  get unsent() {
    return this.waiting.length;
  }

  /** `blocks`: the sheet as the server takes it; `replaces`: the attempt that it puts right, or "". */
  add(row, blocks, replaces) {
    this.waiting = [...this.waiting.filter((one) => one.row !== row), { row, blocks, replaces }];
    this.poke();
  }

  async step() {
    const [{ row, blocks, replaces }] = this.waiting;
    const sheet = { pupil_id: row.pupil.id, given_on: this.givenOn, blocks, ...(replaces ? { replaces } : {}) };
    let stored;
    try {
      stored = await post(`/api/v1/paper/${this.code}/sheets`, sheet);
    } catch (failure) {
      // One sheet that the server refuses does not hold up the others.
      if (failure.status === undefined || failure.passing || failure.status === 401) throw failure;
      this.waiting.shift();
      await this.refused(row, [failure.text, ...failure.problems.map((problem) => problem.message)].join(" "));
      return;
    }
    this.waiting.shift();
    await this.arrived(row, stored.attempt_id);
  }
}
