// Changes: shown at once, sent in order, tried again when the connection is gone. What is not saved yet is said, and kept over
// a reload of the page.
import { alarm, Refused, send, toast } from "../common.js";
import { signedIn } from "./signin.js";

/** @typedef {{url: string, body: Record<string, string>, cards: string[], note?: string}} Job */

export class Actions {
  /**
   * @param {HTMLElement} desk @param {string} project @param {import("./list.js").List} list
   * @param {import("./side.js").Side} side @param {import("./evidence.js").Evidence} evidence
   * @param {import("./picks.js").Picks} picks
   */
  constructor(desk, project, list, side, evidence, picks) {
    this.picks = picks;
    this.project = project;
    this.list = list;
    this.side = side;
    this.evidence = evidence;
    this.words = /** @type {HTMLElement} */ (document.querySelector("[data-words]")).dataset;
    this.status = /** @type {HTMLElement} */ (document.querySelector("[data-saved].saved"));
    this.store = "unsaved:" + project;
    /** @type {Job[]} */
    this.queue = JSON.parse(sessionStorage.getItem(this.store) ?? "[]");
    this.busy = false;
    /** Steps that this page made: what comes back of them by the open line is known. @type {Set<number>} */
    this.steps = new Set();
    addEventListener("beforeunload", (e) => { if (this.queue.length) e.preventDefault(); });
    addEventListener("online", () => this.#run());
    if (this.queue.length) this.#run();
  }

  /**
   * Puts a theme on the current answer, or takes it off.
   * @param {string} theme @param {"add" | "remove" | "toggle"} [how] @param {boolean} [suggested] the machine proposed it
   */
  theme(theme, how = "toggle", suggested = false) {
    if (this.picks.cards.length) return this.#manyThemes(theme, how);
    const card = this.list.now;
    if (!card || !theme) return;
    const { from } = this.evidence;
    const spans = this.evidence.take();
    const chip = card.querySelector(`.chip[data-theme="${theme}"][data-mine]`);
    if (how === "toggle") how = chip && !spans ? "remove" : "add";
    if (how === "add") this.#preview(card, theme);
    else this.#leaves(chip ?? card.querySelector(`.chip[data-theme="${theme}"]`));
    this.#judged(card, card.querySelector(".chip[data-mine]") ? "coded" : "open");
    const item = this.side.item(theme);
    item?.setAttribute("aria-pressed", String(how === "add"));
    this.side.used(theme);
    this.#put(`answers/${card.dataset.card}/themes`, { [how]: theme, ...(suggested ? { suggested: "1" } : {}), ...(spans && how === "add" ? { spans, ...(from?.theme === theme ? { instead: from.span } : {}) } : {}) }, card,
      spans && how === "add" ? this.words.evidence : undefined);
  }

  /** Saves evidence whose ends were moved, or takes it away. @param {boolean} remove */
  adjust(remove) {
    const card = this.list.now;
    const { from } = this.evidence;
    const spans = this.evidence.take();
    if (!card || !from || !spans && !remove) return;
    this.#put(`answers/${card.dataset.card}/themes`, { add: from.theme, spans: remove ? "" : spans, instead: from.span }, card, remove ? this.words.unevidence : this.words.evidence);
  }

  /** The same for every card that is ticked: taken off where all have it. @param {string} theme @param {"add" | "remove" | "toggle"} how */
  #manyThemes(theme, how) {
    const cards = this.picks.cards;
    const chipOf = (/** @type {HTMLElement} */ c) => c.querySelector(`.chip[data-theme="${theme}"][data-mine]`);
    if (how === "toggle") how = cards.every(chipOf) ? "remove" : "add";
    for (const card of cards) {
      if (how === "add") this.#preview(card, theme);
      else this.#leaves(chipOf(card));
      this.#judged(card, card.querySelector(".chip[data-mine]") ? "coded" : "open");
    }
    this.side.used(theme);
    this.#many({ do: how, theme });
  }

  /** @param {Record<string, string>} body */
  #many(body) {
    const cards = this.picks.cards;
    this.#push({ url: `/p/${this.project}/code/many`, body: { ...body, on: cards.map((c) => c.dataset.answers).join(",") }, cards: cards.map((c) => c.dataset.card ?? "") });
  }

  /** Removes a chip, with other coders' codings where the chip is theirs. @param {HTMLElement} card @param {HTMLElement} chip */
  drop(card, chip) {
    chip.classList.add("pending");
    /** @type {Record<string, string>} */
    const body = { remove: chip.dataset.theme ?? "" };
    if (!("own" in chip.dataset)) body.all = "1";
    this.#put(`answers/${card.dataset.card}/themes`, body, card);
  }

  /** @param {"none" | "unusable"} state */
  state(state) {
    const many = this.picks.cards;
    const cards = many.length ? many : this.list.now ? [this.list.now] : [];
    const [card] = cards;
    if (!card) return;
    const now = cards.every((c) => c.dataset.state === state) ? "open" : state;
    for (const c of cards) {
      this.#judged(c, now);
      if (now !== "open") for (const chip of c.querySelectorAll(".chip[data-own]")) this.#leaves(chip); // a mark takes them off
    }
    if (many.length) return this.#many({ do: now });
    this.#put(`answers/${card.dataset.card}/state`, { state: now }, card);
  }

  quote() {
    const card = this.list.now;
    const button = card?.querySelector('[data-do="quote"]');
    if (!card || !button) return;
    const spans = this.evidence.take();
    const off = button.getAttribute("aria-pressed") === "true" && !spans;
    button.setAttribute("aria-pressed", String(!off));
    /** @type {Record<string, string>} */
    const body = off ? { off: "1" } : {};
    if (spans) body.spans = spans;
    this.#put(`answers/${card.dataset.card}/quote`, body, card, off ? this.words.unquoted : this.words.quoted);
  }

  /** Chooses the answer as an example of a theme, or lets it go. @param {HTMLElement} card @param {HTMLElement} button */
  example(card, button) {
    const off = button.getAttribute("aria-pressed") === "true";
    /** @type {Record<string, string>} */
    const body = { theme: button.dataset.theme ?? "" };
    if (off) body.off = "1";
    button.closest("details")?.removeAttribute("open");
    card.focus({ preventScroll: true });
    this.#put(`answers/${card.dataset.card}/example`, body, card, off ? this.words.unexample : this.words.example);
  }

  /** Opens the current answer's quote on the quote desk, and chooses it first where it is none. */
  async openQuote() {
    const card = this.list.now;
    const button = card?.querySelector('[data-do="quote"]');
    if (!card || !button) return;
    const spans = this.evidence.take();
    try {
      if (spans || button.getAttribute("aria-pressed") !== "true") await send(`/p/${this.project}/answers/${card.dataset.card}/quote`, { spans });
      location.assign(`/p/${this.project}/quotes?answer=${card.dataset.card}`);
    } catch (e) {
      alarm(/** @type {Error} */ (e).message);
    }
  }

  /** @param {string} id @param {string} text */
  memo(id, text) {
    const card = this.list.card(id);
    if (card) this.#put(`answers/${id}/memo`, { text }, card);
  }

  /** @param {"undo" | "redo"} what */
  async undo(what) {
    await this.idle();
    try {
      const res = await signedIn(() => send(`/p/${this.project}/${what}`, { now: this.list.id }));
      const done = await res.json();
      toast(done.message);
      if (done.many) await this.list.reload(this.list.cards.map((c) => c.dataset.card ?? ""));
      else if (done.answers.length) {
        await this.list.reload(done.answers.map(String));
        const first = this.list.card(done.answers[0]);
        if (first && first !== this.list.now) this.list.select(first, { focus: true });
      }
      this.side.refresh(done.themes);
    } catch (e) {
      this.#refused(e);
    }
  }

  /** Makes a theme and puts it on the current answer, or on what is ticked. @param {string} label */
  async create(label) {
    const cards = this.picks.cards.length ? this.picks.cards : this.list.now ? [this.list.now] : [];
    await this.idle();
    try {
      const on = cards.map((c) => c.dataset.answers).join(",");
      const res = await signedIn(() => send(`/p/${this.project}/code/theme`, { label, on }, { "X-Desk": this.list.filter }));
      this.side.pane(await res.text());
      this.side.used(res.headers.get("X-Theme") ?? "");
      await this.list.reload(cards.map((c) => c.dataset.card ?? ""));
      this.side.refresh(false);
    } catch (e) {
      this.#refused(e);
    }
  }

  /** Resolves when everything is saved. */
  idle() {
    return new Promise((done) => {
      const look = () => (this.queue.length ? setTimeout(look, 20) : done(undefined));
      look();
    });
  }

  /** @param {string} path @param {Record<string, string>} body @param {HTMLElement} card @param {string} [note] */
  #put(path, body, card, note) {
    const on = card.dataset.answers ?? "";
    this.#push({ url: `/p/${this.project}/${path}`, body: on.includes(".") ? { ...body, on } : body, cards: [card.dataset.card ?? ""], note });
  }

  /** @param {Job} job */
  #push(job) {
    this.queue.push(job);
    this.#keep();
    this.#run();
  }

  #keep() {
    if (this.queue.length) sessionStorage.setItem(this.store, JSON.stringify(this.queue));
    else sessionStorage.removeItem(this.store);
  }

  async #run() {
    if (this.busy) return;
    this.busy = true;
    for (let wait = 500; this.queue.length; ) {
      const job = this.queue[0];
      this.#say(this.words.saving ?? "", true);
      try {
        const res = await signedIn(() => send(job.url, job.body, { "X-Desk": this.list.filter }));
        const html = await res.text();
        this.steps.add(Number(res.headers.get("X-Step")));
        this.list.replace(html, new Set(this.queue.slice(1).flatMap((j) => j.cards)));
        if (job.note) toast(job.note, { label: this.words.undo ?? "", run: () => this.undo("undo") });
        wait = 500;
      } catch (e) {
        if (!(e instanceof Refused) || e.status >= 502 && e.status <= 504) {
          this.#say((this.words.offline ?? "").replace("{0}", String(this.queue.length)), true);
          await new Promise((r) => setTimeout(r, wait));
          wait = Math.min(wait * 2, 8000);
          continue;
        }
        this.#refused(e);
        this.list.reload(job.cards).catch(() => {});
      }
      this.queue.shift();
      this.#keep();
    }
    this.busy = false;
    this.#say(this.words.saved ?? "", false);
    this.side.refresh(false);
  }

  /** @param {string} text @param {boolean} wait */
  #say(text, wait) {
    this.status.textContent = text;
    this.status.classList.toggle("wait", wait);
  }

  /** @param {unknown} e */
  #refused(e) {
    alarm(e instanceof Error && e.message ? e.message : this.words.failed ?? "");
  }

  /** A chip that goes is no longer the person's, so that the next key is right before the server has answered. @param {Element | null} chip */
  #leaves(chip) {
    chip?.classList.add("pending");
    chip?.removeAttribute("data-mine");
    chip?.removeAttribute("data-own");
  }

  /** @param {HTMLElement} card @param {string} state the person's own */
  #judged(card, state) {
    card.dataset.state = state;
    for (const b of card.querySelectorAll(".judge button")) b.setAttribute("aria-pressed", String(/** @type {HTMLElement} */ (b).dataset.do === state));
  }

  /** Shows the chip before the server has answered. @param {HTMLElement} card @param {string} theme */
  #preview(card, theme) {
    const item = this.side.item(theme);
    const footer = card.querySelector("footer");
    if (!item || !footer || footer.querySelector(`.chip[data-theme="${theme}"][data-mine]`)) return;
    const leaving = footer.querySelector(`.chip.pending[data-theme="${theme}"]`);
    if (leaving) return ["mine", "own"].forEach((k) => leaving.setAttribute("data-" + k, ""));
    const chip = document.createElement("span");
    chip.className = "chip pending";
    chip.dataset.theme = theme;
    chip.dataset.mine = chip.dataset.own = "";
    chip.dataset.hue = item.closest("li")?.dataset.hue ?? "1";
    chip.textContent = item.querySelector(".name")?.textContent ?? "";
    footer.querySelector(`.chip:is(.theirs, .part)[data-theme="${theme}"]`)?.remove();
    footer.insertBefore(chip, footer.querySelector(".add"));
  }
}
