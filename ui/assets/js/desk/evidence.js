// Evidence: words of the current answer that are chosen, by mouse or by keyboard, before a theme is put on it. Offsets are
// code points of the answer's text, whatever marks it already carries.

/** @param {string} s */
const points = (s) => { let n = 0; for (const _ of s) n++; return n; };

export class Evidence {
  /** @param {import("./list.js").List} list */
  constructor(list) {
    this.list = list;
    list.addEventListener("now", () => {
      const sel = getSelection();
      if (sel && !sel.isCollapsed && !this.#text()?.contains(sel.anchorNode)) sel.removeAllRanges();
    });
  }

  /** The chosen words as "start-end", and forgets them; "" for none. @returns {string} */
  take() {
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

  /** Chooses the first word, or gives up the choice. */
  toggle() {
    const sel = getSelection();
    if (sel && !sel.isCollapsed) sel.removeAllRanges();
    else this.#choose(0, 0);
  }

  /** True while words of the current answer are chosen. */
  get active() {
    const sel = getSelection();
    return !!sel && !sel.isCollapsed && !!this.#text()?.contains(sel.anchorNode);
  }

  /**
   * Moves the chosen words by a word, or with extend moves only their end.
   * @param {1 | -1} step @param {boolean} extend
   */
  step(step, extend) {
    const text = this.#text();
    const sel = getSelection();
    if (!text || !sel || !this.active) return this.toggle();
    const words = this.#words(text.textContent ?? "");
    const range = sel.getRangeAt(0);
    const s = this.#unit(text, range.startContainer, range.startOffset);
    const e = this.#unit(text, range.endContainer, range.endOffset);
    let first = Math.max(words.findIndex((w) => w[1] > s), 0);
    let last = words.findLastIndex((w) => w[0] < e);
    if (extend) last = Math.min(Math.max(last + step, first), words.length - 1);
    else {
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
    range.setStart(...this.#place(text, words[first][0]));
    range.setEnd(...this.#place(text, words[last][1]));
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

  /** The text node and offset at a number of units. @param {Node} root @param {number} unit @returns {[Node, number]} */
  #place(root, unit) {
    const walk = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
    let at = unit;
    /** @type {Node | null} */
    let last = null;
    for (let n = walk.nextNode(); n; n = walk.nextNode()) {
      last = n;
      const len = n.nodeValue?.length ?? 0;
      if (at <= len) return [n, at];
      at -= len;
    }
    return last ? [last, last.nodeValue?.length ?? 0] : [root, 0];
  }
}
