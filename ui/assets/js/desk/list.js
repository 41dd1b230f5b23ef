// The list of answers: which one is current, moving, loading more as it scrolls, and keeping the place.
import { send } from "../common.js";
import { signedIn } from "./signin.js";

const AHEAD = 12; // load more when this many cards are left

export class List extends EventTarget {
  /** @param {HTMLElement} desk @param {string} project */
  constructor(desk, project) {
    super();
    this.project = project;
    this.filter = desk.dataset.filter ?? "";
    this.scroller = /** @type {HTMLElement} */ (desk.querySelector("[data-list]"));
    this.box = /** @type {HTMLElement} */ (desk.querySelector("[data-cards]"));
    /** @type {HTMLElement | null} */
    this.now = this.box.querySelector("[aria-current]") ?? this.box.querySelector("[data-card]");
    /** @type {{after?: Promise<void>, before?: Promise<void>}} */
    this.loading = {};
    /** A step that waits for its card. @type {Promise<boolean> | undefined} */
    this.coming = undefined;
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    this.placed = undefined;
    /** Which card an answer stands on, where it stands with others. @type {Map<string, string>} */
    this.leads = new Map();
    this.#learn(this.box);
    this.box.addEventListener("click", (e) => this.#clicked(e));
  }

  start() {
    addEventListener("pagehide", () => this.#place());
    for (const el of [this.scroller.querySelector("[data-after]"), this.scroller.querySelector("[data-before]")?.parentElement]) {
      if (!el) continue;
      new IntersectionObserver((seen) => { if (seen.some((s) => s.isIntersecting)) this.more(el.matches("[data-after]") ? "after" : "before"); },
        { root: this.scroller, rootMargin: "1200px" }).observe(el);
    }
    if (this.now) this.select(this.now, { focus: true, instant: true });
  }

  /** @returns {HTMLElement[]} */
  get cards() { return /** @type {HTMLElement[]} */ ([...this.box.children]); }

  /** The card on which an answer stands. @param {string | number} id @returns {HTMLElement | null} */
  card(id) { return document.getElementById("a" + (this.leads.get(String(id)) ?? id)); }

  /** Learns which answers the cards in a place stand for: ids in base 36, each the difference from the last. @param {ParentNode} place */
  #learn(place) {
    for (const card of place.querySelectorAll('[data-answers*="."]')) {
      const { answers, card: lead } = /** @type {HTMLElement} */ (card).dataset;
      let id = 0;
      for (const part of answers?.split(".") ?? []) {
        id += parseInt(part, 36);
        this.leads.set(String(id), lead ?? "");
      }
    }
  }

  /** The current answer's id, "" for none. */
  get id() { return this.now?.dataset.card ?? ""; }

  /**
   * Makes a card the current one.
   * @param {HTMLElement} card
   * @param {{focus?: boolean, instant?: boolean, stay?: boolean}} [how]
   */
  select(card, how = {}) {
    if (this.now !== card) this.now?.removeAttribute("aria-current");
    this.now = card;
    card.setAttribute("aria-current", "true");
    if (how.focus) card.focus({ preventScroll: true });
    if (!how.stay) card.scrollIntoView({ block: "nearest", behavior: "instant" });
    this.#remember();
    this.dispatchEvent(new Event("now"));
    if (!card.nextElementSibling || this.cards.indexOf(card) > this.box.children.length - AHEAD) this.more("after");
  }

  /** Goes to the next or previous card; where it is not loaded yet, as soon as it is. @param {1 | -1} step */
  move(step) {
    const to = this.#beside(step);
    if (to) this.select(to, { focus: true });
    else if (this.#marker(step > 0 ? "after" : "before")) this.coming ??= this.#arrive(step).finally(() => { this.coming = undefined; });
    else this.dispatchEvent(new CustomEvent("edge", { detail: step }));
  }

  /** Waits for the cards of a step and takes it; false where they did not come. @param {1 | -1} step */
  async #arrive(step) {
    const from = this.now;
    await this.more(step > 0 ? "after" : "before");
    const to = this.now === from ? this.#beside(step) : null;
    if (to) this.select(to, { focus: true });
    else if (this.now === from && !this.#marker(step > 0 ? "after" : "before")) this.dispatchEvent(new CustomEvent("edge", { detail: step }));
    return !!to;
  }

  /** @param {1 | -1} step @returns {HTMLElement | null} */
  #beside(step) {
    return /** @type {HTMLElement | null} */ ((step > 0 ? this.now?.nextElementSibling : this.now?.previousElementSibling) ?? null);
  }

  /** What stands where more cards can be had. @param {"after" | "before"} where */
  #marker(where) { return this.scroller.querySelector(where === "after" ? "[data-after]" : "[data-before]"); }

  /**
   * Puts fresh cards in the place of old ones.
   * @param {string} html @param {Set<string>} [but] cards that are left as they are
   */
  replace(html, but = new Set()) {
    const t = document.createElement("template");
    t.innerHTML = html;
    for (const fresh of /** @type {HTMLElement[]} */ ([...t.content.children])) {
      const old = this.card(fresh.dataset.card ?? "");
      if (!old || but.has(fresh.dataset.card ?? "")) continue;
      this.#carry(old, fresh);
      const had = old.contains(document.activeElement);
      const isNow = old === this.now;
      fresh.toggleAttribute("aria-current", false);
      old.replaceWith(fresh);
      if (isNow) {
        this.now = fresh;
        fresh.setAttribute("aria-current", "true");
        if (had) fresh.focus({ preventScroll: true });
        this.dispatchEvent(new Event("now"));
      }
    }
  }

  /** What a person has done to a card that the server knows nothing of. @param {HTMLElement} old @param {HTMLElement} fresh */
  #carry(old, fresh) {
    const [was, is] = [old, fresh].map((c) => /** @type {HTMLInputElement | null} */ (c.querySelector("[data-pick]")));
    if (was && is) is.checked = was.checked;
    const open = old.querySelector("details[data-alike][open]");
    if (open) fresh.querySelector("details[data-alike]")?.replaceWith(open);
  }

  /** Reads the cards of some answers again. @param {string[]} ids */
  async reload(ids) {
    const cards = new Set(ids.map((id) => this.card(id)).filter((c) => c !== null));
    for (let rest = [...cards]; rest.length; rest = rest.slice(100)) {
      const on = rest.slice(0, 100).map((c) => c.dataset.answers).join(",");
      const res = await signedIn(() => send(`/p/${this.project}/code/cards`, { on }, { "X-Desk": this.filter }));
      this.replace(await res.text());
    }
  }

  /** Loads more cards, or waits for those that are on their way. @param {"after" | "before"} where @returns {Promise<void>} */
  more(where) {
    return this.loading[where] ??= this.#load(where).finally(() => { this.loading[where] = undefined; });
  }

  /** @param {"after" | "before"} where */
  async #load(where) {
    const marker = this.#marker(where);
    if (!marker) return;
    try {
      const edge = /** @type {HTMLElement | null} */ (where === "after" ? this.box.lastElementChild : this.box.firstElementChild);
      const res = await signedIn(() => send(`/p/${this.project}/code/cards?${this.filter}&${where}=${edge?.dataset.card ?? 0}`));
      const t = document.createElement("template");
      t.innerHTML = await res.text();
      const got = t.content.children.length;
      this.#learn(t.content);
      const height = this.scroller.scrollHeight;
      if (where === "after") { // a few at a time: a key pressed meanwhile is answered in between
        while (t.content.firstElementChild) {
          this.box.append(...[...t.content.children].slice(0, 8));
          await new Promise((r) => setTimeout(r));
        }
      } else {
        this.box.prepend(t.content);
        this.scroller.scrollTop += this.scroller.scrollHeight - height; // nothing jumps
      }
      if (got < 40) (where === "after" ? marker : marker.parentElement)?.remove();
    } catch {
      // the marker stays: scrolling again, or its link, tries again
    }
  }

  /** @param {Event} e */
  #clicked(e) {
    const t = /** @type {HTMLElement} */ (e.target);
    const card = /** @type {HTMLElement | null} */ (t.closest("[data-card]"));
    if (t.closest("[data-now]")) e.preventDefault();
    if (card && card !== this.now && !/** @type {MouseEvent} */ (e).shiftKey) this.select(card, { stay: true, focus: !t.closest("button, a, input, summary") && !getSelection()?.toString() });
  }

  /** Keeps the place in the address, so that reload and back come to it; soon, because browsers take it ill when it is often. */
  #remember() {
    this.placed ??= setTimeout(() => this.#place(), 150);
  }

  #place() {
    clearTimeout(this.placed);
    this.placed = undefined;
    const to = new URL(location.href);
    to.search = this.filter + "&at=" + this.id;
    to.hash = "";
    history.replaceState(history.state, "", to);
  }
}
