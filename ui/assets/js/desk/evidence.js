// Evidence: words of the current answer that are chosen, by mouse or by keyboard, before a theme is put on it. Offsets are
// code points of the answer's text, whatever marks it already carries.

import { place, rangeOf } from "./place.js";

/** @param {string} s */
const points = (s) => { let n = 0; for (const _ of s) n++; return n; };

export class Evidence {
  /** @param {import("./list.js").List} list */
  constructor(list) {
    this.list = list;
    /** The saved evidence that is being adjusted, and its theme. @type {{theme: string, span: string} | null} */
    this.from = null;
    list.addEventListener("now", () => {
      const sel = getSelection();
      if (sel && !sel.isCollapsed && !this.#text()?.contains(sel.anchorNode)) sel.removeAllRanges();
    });
  }

  /** The chosen words as "start-end", and forgets them; "" for none. @returns {string} */
  take() {
    this.from = null;
    const text = this.#text();
    const sel = getSelection();
    if (!text || !sel || sel.isCollapsed || sel.rangeCount === 0) return "";
    const range = sel.getRangeAt(0);
    if (!text.contains(range.startContainer) || !text.contains(range.endContainer)) return "";
    const all = text.textContent ?? "";
    let start = this.#offset(text, range.startContainer, range.startOffset);
    let end = this.#offset(text, range.endContainer, range.endOffset);
    const chosen = [...all].slice(start, end).join("");
    start += points(chosen) - points(chosen.trimStart());
    end -= points(chosen) - points(chosen.trimEnd());
    sel.removeAllRanges();
    return end > start ? `${start}-${end}` : "";
  }

  /** Chooses the first word; then, one after the other, the evidence that is there already; then gives up the choice. */
  toggle() {
    const sel = getSelection();
    const saved = this.#saved();
    const at = this.active && this.from ? saved.findIndex((s) => s.theme === this.from?.theme && s.span === this.from.span) + 1 : 0;
    const next = saved[at];
    this.from = null;
    if (!sel || sel.isCollapsed) return this.#choose(0, 0);
    sel.removeAllRanges();
    if (next) this.#adjust(next);
  }

  /** The reader's own evidence on the current answer. @returns {{theme: string, span: string}[]} */
  #saved() {
    const chips = /** @type {HTMLElement[]} */ ([...this.list.now?.querySelectorAll(".chip[data-spans]") ?? []]);
    return chips.flatMap((c) => (c.dataset.spans ?? "").split(",").map((span) => ({ theme: c.dataset.theme ?? "", span })));
  }

  /** Chooses saved evidence, so that its ends can be moved. @param {{theme: string, span: string}} saved */
  #adjust(saved) {
    const text = this.#text();
    const sel = getSelection();
    if (!text || !sel) return;
    sel.removeAllRanges();
    sel.addRange(rangeOf(text, saved.span));
    this.from = saved;
  }

  /** True while words of the current answer are chosen. */
  get active() {
    const sel = getSelection();
    return !!sel && !sel.isCollapsed && !!this.#text()?.contains(sel.anchorNode);
  }

  /**
   * Moves the chosen words by a word, or only their end or beginning.
   * @param {1 | -1} step @param {"all" | "end" | "start"} what
   */
  step(step, what) {
    const text = this.#text();
    const sel = getSelection();
    if (!text || !sel || !this.active) return this.toggle();
    const words = this.#words(text.textContent ?? "");
    const range = sel.getRangeAt(0);
    const s = this.#unit(text, range.startContainer, range.startOffset);
    const e = this.#unit(text, range.endContainer, range.endOffset);
    let first = Math.max(words.findIndex((w) => w[1] > s), 0);
    let last = words.findLastIndex((w) => w[0] < e);
    if (what === "end") last = Math.min(Math.max(last + step, first), words.length - 1);
    else if (what === "start") first = Math.min(Math.max(first + step, 0), last);
    else {
      this.from = null;
      first = Math.min(Math.max(first + step, 0), words.length - 1);
      last = first;
    }
    this.#choose(first, last);
  }

  /** @param {number} first @param {number} last */
  #choose(first, last) {
    const text = this.#text();
    const words = this.#words(text?.textContent ?? "");
    if (!text || words.length === 0) return;
    const range = document.createRange();
    range.setStart(...place(text, words[first][0]));
    range.setEnd(...place(text, words[last][1]));
    const sel = getSelection();
    sel?.removeAllRanges();
    sel?.addRange(range);
  }

  /** Start and end of each word in UTF-16 units. @param {string} s @returns {[number, number][]} */
  #words(s) {
    const seg = new Intl.Segmenter(this.#text()?.lang || undefined, { granularity: "word" });
    /** @type {[number, number][]} */
    const out = [];
    for (const w of seg.segment(s)) if (w.isWordLike) out.push([w.index, w.index + w.segment.length]);
    return out;
  }

  /** @returns {HTMLElement | null} */
  #text() { return this.list.now?.querySelector("[data-text]") ?? null; }

  /** Units of the text before a place in the tree. @param {Node} root @param {Node} node @param {number} offset */
  #unit(root, node, offset) {
    const r = document.createRange();
    r.setStart(root, 0);
    r.setEnd(node, offset);
    return r.toString().length;
  }

  /** Code points before a place. @param {Node} root @param {Node} node @param {number} offset */
  #offset(root, node, offset) {
    const r = document.createRange();
    r.setStart(root, 0);
    r.setEnd(node, offset);
    return points(r.toString());
  }
}
