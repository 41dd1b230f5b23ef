// Ticked cards: what is done while some are ticked is done to all of them, as one step. Also the answers behind a card that
// stands for several.
import { send } from "../common.js";

export class Picks {
  /** @param {HTMLElement} desk @param {string} project @param {import("./list.js").List} list */
  constructor(desk, project, list) {
    this.project = project;
    this.list = list;
    this.words = /** @type {HTMLElement} */ (document.querySelector("[data-words]")).dataset;
    this.count = desk.querySelector("[data-picked]");
    this.said = desk.querySelector("[data-picksaid]");
    /** Where a range begins. @type {string} */
    this.anchor = "";
    list.box.addEventListener("change", (e) => {
      const card = /** @type {HTMLElement} */ (e.target).closest("[data-card]");
      if (/** @type {HTMLElement} */ (e.target).matches("[data-pick]")) this.#tell(/** @type {HTMLElement} */ (card));
    });
    list.box.addEventListener("mousedown", (e) => { if (this.#range(e)) e.preventDefault(); }); // or the text between would be selected
    list.box.addEventListener("click", (e) => {
      const to = this.#range(e);
      if (to) this.#span(to);
    });
    list.box.addEventListener("toggle", (e) => this.#opened(/** @type {HTMLDetailsElement} */ (e.target)), true);
    desk.querySelector("[data-unpick]")?.addEventListener("click", () => { this.clear(); list.now?.focus(); });
    this.#tell(null);
  }

  /** @returns {HTMLElement[]} */
  get cards() { return [...this.list.box.querySelectorAll("[data-pick]:checked")].map((b) => /** @type {HTMLElement} */ (b.closest("[data-card]"))); }

  /** Ticks the current card, or unticks it. */
  toggle() {
    const box = this.list.now && this.#box(this.list.now);
    if (!box) return;
    box.checked = !box.checked;
    this.#tell(this.list.now);
  }

  /** Ticks the current card and the one after or before it, and goes there. @param {1 | -1} step */
  extend(step) {
    const from = this.list.now;
    if (!from) return;
    if (!this.anchor) this.anchor = from.dataset.card ?? "";
    this.list.move(step);
    if (this.list.now && this.list.now !== from) this.#span(this.list.now);
  }

  /** Ticks every card that is loaded; a rule codes the whole list. */
  all() {
    for (const card of this.list.cards) this.#set(card, true);
    this.#tell(this.list.now);
  }

  /** Unticks all; tells whether there was anything to untick. */
  clear() {
    const had = this.cards;
    for (const card of had) this.#set(card, false);
    this.anchor = "";
    if (had.length) this.#tell(null);
    return had.length > 0;
  }

  /** Ticks from the anchor to a card, and nothing else. @param {HTMLElement} to */
  #span(to) {
    const cards = this.list.cards;
    const a = cards.findIndex((c) => c.dataset.card === (this.anchor || this.list.id));
    const b = cards.indexOf(to);
    cards.forEach((c, i) => this.#set(c, i >= Math.min(a, b) && i <= Math.max(a, b)));
    if (!this.anchor) this.anchor = this.list.id;
    const keep = this.anchor;
    this.#tell(to);
    this.anchor = keep;
  }

  /** The card that a click with Shift reaches; within the current one, Shift chooses words. @param {MouseEvent} e */
  #range(e) {
    const card = /** @type {HTMLElement | null} */ (/** @type {HTMLElement} */ (e.target).closest("[data-card]"));
    return e.shiftKey && card && card !== this.list.now && !/** @type {HTMLElement} */ (e.target).closest("a, button, summary, input") ? card : null;
  }

  /** @param {HTMLElement} card @returns {HTMLInputElement | null} */
  #box(card) { return card.querySelector("[data-pick]"); }

  /** @param {HTMLElement} card @param {boolean} on */
  #set(card, on) {
    const box = this.#box(card);
    if (box) box.checked = on;
  }

  /** Says how many answers are ticked. @param {HTMLElement | null} last the card that was ticked last */
  #tell(last) {
    const cards = this.cards;
    const n = cards.reduce((sum, c) => sum + (c.dataset.answers?.split(".").length ?? 1), 0);
    const text = n ? (this.words.picked ?? "").replace("{0}", n.toLocaleString(document.documentElement.lang)) : "";
    if (last && n) this.anchor = last.dataset.card ?? "";
    if (this.count) this.count.textContent = text;
    if (this.said && (n || this.said.textContent)) this.said.textContent = n ? text : this.words.pickedNone ?? "";
  }

  /** Fills the list of answers behind a card when it is opened. @param {HTMLDetailsElement} details */
  async #opened(details) {
    const box = details.querySelector?.("[data-alikelist]");
    if (!box || !details.open || box.childElementCount) return;
    const on = /** @type {HTMLElement | null} */ (details.closest("[data-card]"))?.dataset.answers ?? "";
    try {
      box.innerHTML = await (await send(`/p/${this.project}/code/alike`, { on })).text();
    } catch {
      details.open = false; // opening it again tries again
    }
  }
}
