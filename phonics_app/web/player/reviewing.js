// The state of looking through: the list of blocks, or one of them. The test itself goes on underneath.

import { show } from "./dom.js";
import * as marking from "./marking.js";
import { ReviewBlock, reviewScreen } from "./review.js";

export class Review {
  constructor(player) {
    this.player = player;
    this.close();
  }

  static actionsOf(player) {
    const act = (decide) => () => player.review.act(decide);
    return {
      review: () => player.redraw(() => player.review.open()),
      endReview: () => player.redraw(() => player.review.close()),
      reviewBlock: (id) => player.redraw(() => player.review.look(typeof id === "string" ? id : null)),
      reviewTap: (item) => player.review.tap(item),
      reviewLine: (line) => player.review.act((state, id) => marking.reviewLine(state, id, line)),
      reviewPicking: () => player.redraw(() => (player.review.picking = !player.review.picking)),
      reviewUndo: act(marking.reviewUndo),
      reviewUndoStop: () => player.review.undoStop(),
    };
  }

  /** Whether it is what the screen shows; at the end of a test its list stands on the last screen anyhow. */
  get active() {
    return this.list || this.shown !== null;
  }

  open() {
    this.list = true;
  }

  close() {
    this.list = false;
    this.look(null);
  }

  look(id) {
    this.shown = id;
    this.picking = false;
    this.screen = null;
    this.player.menu = null;
  }

  act(decide) {
    const id = this.shown;
    this.player.session.act((state, events) => decide(state, id, events));
  }

  tap(item) {
    const { picking } = this;
    this.picking = false;
    this.player.menu = null;
    this.act((state, id) => (picking ? marking.reviewLast(state, id, item) : marking.reviewTap(state, id, item)));
  }

  mark(item, remark) {
    this.act((state, id) => marking.reviewMark(state, id, item, remark));
  }

  undoStop() {
    const id = this.shown;
    this.close();
    this.player.session.act((state) => marking.reviewUndoStop(state, id));
  }

  draw(root) {
    const { player } = this;
    const view = { ...player.view, picking: this.picking };
    player.screen = null;
    player.shownBlock = null;
    if (this.shown === null) {
      show(root, reviewScreen(view, player.actions));
    } else if (this.screen && this.screen.key === `${this.shown}/${view.texts.language}`) {
      this.screen.update(view);
    } else {
      this.screen = new ReviewBlock(view, player.actions, this.shown);
      show(root, this.screen.element);
    }
  }
}
