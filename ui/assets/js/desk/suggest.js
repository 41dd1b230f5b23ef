// Suggestions: themes that fit the current answer by what people have coded so far. They come for a few answers ahead, so that the
// next one has them at once; one key accepts the first. Pointing at one shows the words behind it.
import { send } from "../common.js";
import { rangeOf } from "./place.js";

const AHEAD = 5; // answers behind the current one that are asked about with it

export class Suggest {
  /** @param {HTMLElement} desk @param {string} project @param {import("./list.js").List} list @param {import("./actions.js").Actions} actions */
  constructor(desk, project, list, actions) {
    this.project = project;
    this.list = list;
    this.actions = actions;
    this.box = /** @type {HTMLElement | null} */ (desk.querySelector("[data-why]"));
    /** What is suggested, by answer. @type {Map<string, {maybes: string, whys: string}>} */
    this.known = new Map();
    this.asking = false;
    this.timer = 0;
    this.key = desk.dataset.accept ?? "";
    if (!this.box) return;
    list.addEventListener("now", () => this.#show());
    for (const where of [list.box, this.box]) {
      for (const type of ["pointerover", "focusin"]) where.addEventListener(type, (e) => this.#point(e));
    }
  }

  /** Puts the first suggestion on the current answer; false where there is none. */
  accept() {
    const [first] = this.#maybes();
    return !!first && this.take(first);
  }

  /** @param {HTMLElement} maybe */
  take(maybe) {
    const had = maybe.contains(document.activeElement);
    this.actions.theme(maybe.dataset.maybe ?? "", "add", true);
    maybe.remove();
    this.#key();
    if (had) this.list.now?.focus({ preventScroll: true });
    return true;
  }

  /** @returns {HTMLElement[]} */
  #maybes() { return [...this.list.now?.querySelectorAll("[data-maybe]") ?? []].map((m) => /** @type {HTMLElement} */ (m)); }

  /** Shows what is known for the current answer, and asks for what is not. */
  #show() {
    CSS.highlights?.delete("suggested");
    const card = this.list.now;
    const got = this.known.get(this.list.id);
    for (const old of this.list.box.querySelectorAll("[data-maybe]")) old.remove();
    const wanted = card && got && !["none", "unusable"].includes(card.dataset.state ?? "");
    if (wanted) card.querySelector("footer .add")?.insertAdjacentHTML("beforebegin", got.maybes);
    for (const maybe of this.#maybes()) if (card?.querySelector(`.chip[data-theme="${maybe.dataset.maybe}"][data-mine]`)) maybe.remove();
    this.#key();
    if (this.box) this.box.innerHTML = wanted ? got.whys : "";
    if (!got || this.#missing().length >= AHEAD) this.#soon(got ? 200 : 40);
  }

  /** The key stands on the suggestion that it accepts. */
  #key() {
    const [first] = this.#maybes();
    if (first && this.key && !first.querySelector("kbd")) first.querySelector("button")?.insertAdjacentHTML("beforeend", ` <kbd aria-hidden="true">${this.key}</kbd>`);
  }

  /** The current answer and the next ones of which nothing is known yet. */
  #missing() {
    const out = [];
    for (let card = /** @type {Element | null | undefined} */ (this.list.now); card && out.length <= AHEAD; card = card.nextElementSibling) {
      const id = /** @type {HTMLElement} */ (card).dataset.card ?? "";
      if (this.known.has(id)) { if (out.length === 0 && card !== this.list.now) break; } else out.push(id);
    }
    return out;
  }

  /** @param {number} wait */
  #soon(wait) {
    clearTimeout(this.timer);
    this.timer = window.setTimeout(() => this.#ask().catch(() => {}), wait);
  }

  async #ask() {
    const ids = this.#missing();
    if (!ids.length || this.asking) return;
    this.asking = true;
    let later = false;
    try {
      const res = await send(`/p/${this.project}/code/suggest?on=${ids.join(",")}`);
      const t = document.createElement("template");
      t.innerHTML = await res.text();
      later = res.headers.has("X-Learning");
      for (const id of ids) {
        const one = t.content.querySelector(`[data-suggested="${id}"]`);
        const of = (/** @type {string} */ what) => one?.querySelector(what)?.innerHTML ?? "";
        if (!later) this.known.set(id, { maybes: of("[data-maybes]"), whys: of("[data-whys]") });
        else if (id === this.list.id && this.box) this.box.innerHTML = of("[data-whys]");
      }
    } finally {
      this.asking = false;
    }
    if (later) this.#soon(2000);
    else if (ids.includes(this.list.id)) this.#show();
    else if (!this.known.has(this.list.id)) this.#soon(0);
  }

  /** Marks the words behind the suggestion that is pointed at, without touching the text. @param {Event} e */
  #point(e) {
    if (!("highlights" in CSS)) return;
    const from = /** @type {HTMLElement | null} */ (/** @type {HTMLElement} */ (e.target).closest("[data-because]"));
    const text = this.list.now?.querySelector("[data-text]");
    CSS.highlights.delete("suggested");
    if (!from?.dataset.because || !text) return;
    const ranges = from.dataset.because.split(",").map((span) => rangeOf(text, span));
    CSS.highlights.set("suggested", new Highlight(...ranges));
  }
}
