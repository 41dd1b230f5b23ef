// Keys of the desk. One key, one decision; never in a field, and not at all where a person has turned them off.
import { toast, writing } from "../common.js";

/**
 * @typedef {{list: import("./list.js").List, actions: import("./actions.js").Actions, finder: import("./finder.js").Finder,
 *   memo: import("./memo.js").Memo, evidence: import("./evidence.js").Evidence, picks: import("./picks.js").Picks,
 *   suggest: import("./suggest.js").Suggest}} Parts
 */

export class Keys {
  /** @param {HTMLElement} desk @param {Parts} parts */
  constructor(desk, parts) {
    this.on = desk.dataset.keys === "true";
    /** @type {Record<string, string>} what each key does; a person may have changed it */
    this.map = JSON.parse(desk.dataset.keymap ?? "{}");
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
    if (e.altKey && e.shiftKey && !e.ctrlKey && !e.metaKey && (e.key === "ArrowLeft" || e.key === "ArrowRight") && this.parts.evidence.active) {
      e.preventDefault();
      this.parts.evidence.step(e.key === "ArrowRight" ? 1 : -1, "start");
      return;
    }
    if (e.ctrlKey || e.metaKey || e.altKey) return;
    const { coming } = this.parts.list;
    if (coming && e.key.length === 1) { // the card that is meant is on its way
      e.preventDefault();
      this.#hold(coming, e);
    } else if (this.#arrows(e) || this.on && this.#single(e)) e.preventDefault();
  }

  /** Does a key once the step before it is taken; if that fails, not on another card. @param {Promise<boolean>} coming @param {KeyboardEvent} e */
  async #hold(coming, e) {
    if (!await coming || document.activeElement?.matches("input, textarea")) return;
    const next = this.parts.list.coming; // a held step may have to wait again
    if (next) this.#hold(next, e);
    else if (this.on) this.#single(e);
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
        evidence.step(e.key === "ArrowRight" ? 1 : -1, e.shiftKey ? "end" : "all");
        return true;
      case "Enter": case "Delete": case "Backspace":
        if (!evidence.active || !evidence.from) return false;
        this.parts.actions.adjust(e.key !== "Enter");
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
    const { list, actions, finder, memo, evidence, picks, suggest } = this.parts;
    switch (this.map[e.key]) {
      case "next": list.move(1); return true;
      case "previous": list.move(-1); return true;
      case "type": finder.open(); return true;
      case "accept": return suggest.accept();
      case "none": actions.state("none"); return true;
      case "unusable": actions.state("unusable"); return true;
      case "pick": picks.toggle(); return true;
      case "pick_next": picks.extend(1); return true;
      case "pick_previous": picks.extend(-1); return true;
      case "quote": actions.quote(); return true;
      case "quote_desk": void actions.openQuote(); return true;
      case "memo": memo.open(); return true;
      case "undo": actions.undo("undo"); return true;
      case "evidence": evidence.toggle(); return true;
      case "example": return this.#examples();
      case "help": this.help.showModal(); return true;
    }
    if (e.key.length !== 1 || this.map[e.key]) return false;
    const item = actions.side.items.find((b) => b.dataset.key === e.key);
    if (!item) return false;
    actions.theme(item.dataset.theme ?? "");
    return true;
  }

  /** Opens the choice of themes that the current answer may be an example of. */
  #examples() {
    const menu = /** @type {HTMLDetailsElement | null | undefined} */ (this.parts.list.now?.querySelector("[data-examples]"));
    if (!menu) {
      toast(this.parts.actions.words.noexample ?? "");
      return true;
    }
    menu.open = true;
    menu.querySelector("button")?.focus();
    return true;
  }
}
