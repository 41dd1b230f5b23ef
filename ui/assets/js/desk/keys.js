// Keys of the desk. One key, one decision; never in a field, and not at all where a person has turned them off.
import { toast, writing } from "../common.js";

/**
 * @typedef {{list: import("./list.js").List, actions: import("./actions.js").Actions, finder: import("./finder.js").Finder,
 *   memo: import("./memo.js").Memo, evidence: import("./evidence.js").Evidence, picks: import("./picks.js").Picks}} Parts
 */

export class Keys {
  /** @param {HTMLElement} desk @param {Parts} parts */
  constructor(desk, parts) {
    this.on = desk.dataset.keys === "true";
    this.parts = parts;
    this.help = /** @type {HTMLDialogElement} */ (document.querySelector("[data-help]"));
    document.addEventListener("keydown", (e) => this.#pressed(e));
    document.querySelector('.keys [data-do="help"]')?.addEventListener("click", () => this.help.showModal());
    parts.list.addEventListener("edge", (e) => {
      const words = parts.actions.words;
      toast((/** @type {CustomEvent} */ (e).detail > 0 ? words.last : words.first) ?? "");
    });
  }

  /** @param {KeyboardEvent} e */
  #pressed(e) {
    if (e.defaultPrevented || writing(e)) return;
    if ((e.ctrlKey || e.metaKey) && !e.altKey && e.key.toLowerCase() === "z") {
      e.preventDefault();
      this.parts.actions.undo(e.shiftKey ? "redo" : "undo");
      return;
    }
    if ((e.ctrlKey || e.metaKey) && !e.altKey && !e.shiftKey && e.key.toLowerCase() === "a" && this.#free(e)) {
      e.preventDefault();
      this.parts.picks.all();
      return;
    }
    if (e.ctrlKey || e.metaKey || e.altKey) return;
    if (this.#arrows(e) || this.on && this.#single(e)) e.preventDefault();
  }

  /** Arrows work also with single keys off: they are what a list has. @param {KeyboardEvent} e */
  #arrows(e) {
    const { list, evidence, picks } = this.parts;
    if (!this.#free(e)) return false;
    switch (e.key) {
      case "ArrowDown": list.move(1); return true;
      case "ArrowUp": list.move(-1); return true;
      case "ArrowRight": case "ArrowLeft":
        if (!e.shiftKey && !evidence.active) return false;
        evidence.step(e.key === "ArrowRight" ? 1 : -1, e.shiftKey);
        return true;
      case "Escape":
        if (evidence.active || !picks.clear()) getSelection()?.removeAllRanges();
        list.now?.focus();
        return true;
    }
    return false;
  }

  /** Tells whether the keys of the list are meant. @param {KeyboardEvent} e */
  #free(e) {
    const t = /** @type {HTMLElement} */ (e.target);
    return t === document.body || !!t.closest("[data-list]") && !t.closest("input, select");
  }

  /** @param {KeyboardEvent} e */
  #single(e) {
    const { list, actions, finder, memo, evidence, picks } = this.parts;
    switch (e.key) {
      case "j": list.move(1); return true;
      case "k": list.move(-1); return true;
      case "t": finder.open(); return true;
      case "n": actions.state("none"); return true;
      case "-": actions.state("unusable"); return true;
      case "x": picks.toggle(); return true;
      case "J": picks.extend(1); return true;
      case "K": picks.extend(-1); return true;
      case "q": actions.quote(); return true;
      case "m": memo.open(); return true;
      case "u": actions.undo("undo"); return true;
      case "e": evidence.toggle(); return true;
      case "?": this.help.showModal(); return true;
    }
    if (e.key.length !== 1) return false;
    const item = actions.side.items.find((b) => b.dataset.key === e.key);
    if (!item) return false;
    actions.theme(item.dataset.theme ?? "");
    return true;
  }
}
