// The panes beside the list: the codebook with the current answer's themes, and counts that follow the work.
import { send } from "../common.js";

export class Side {
  /** @param {HTMLElement} desk @param {string} project @param {import("./list.js").List} list */
  constructor(desk, project, list) {
    this.desk = desk;
    this.project = project;
    this.list = list;
    this.timer = 0;
    this.recentKey = "recent:" + project;
    list.addEventListener("now", () => this.#follow());
    this.#tabs();
  }

  /** The pane's button of a theme. @param {string} theme @returns {HTMLElement | null} */
  item(theme) { return this.desk.querySelector(`[data-pane] button[data-theme="${theme}"]`); }

  /** @returns {HTMLElement[]} */
  get items() { return [...this.desk.querySelectorAll("[data-pane] button")].map((b) => /** @type {HTMLElement} */ (b)); }

  /** Themes used last, newest first. @returns {string[]} */
  get recent() { return JSON.parse(localStorage.getItem(this.recentKey) ?? "[]"); }

  /** @param {string} theme */
  used(theme) {
    if (theme) localStorage.setItem(this.recentKey, JSON.stringify([theme, ...this.recent.filter((t) => t !== theme)].slice(0, 8)));
  }

  /** Puts a fresh pane in. @param {string} html */
  pane(html) {
    const box = /** @type {HTMLElement} */ (this.desk.querySelector("[data-panes]"));
    box.innerHTML = html;
    this.#follow();
  }

  /** Reads the counts again, soon; whole also reads the codebook. @param {boolean} whole */
  refresh(whole) {
    clearTimeout(this.timer);
    this.timer = window.setTimeout(() => this.#read(whole).catch(() => {}), whole ? 0 : 700);
  }

  /** @param {boolean} whole */
  async #read(whole) {
    const res = await send(`/p/${this.project}/code/side?${this.list.filter}`);
    const t = document.createElement("template");
    t.innerHTML = await res.text();
    if (whole) this.pane(t.content.querySelector("[data-panes]")?.innerHTML ?? "");
    for (const fresh of t.content.querySelectorAll("[data-count]")) {
      const key = fresh.getAttribute("data-count") ?? "";
      for (const old of this.desk.querySelectorAll(`[data-count="${CSS.escape(key)}"]`)) {
        if (old.textContent !== fresh.textContent) old.textContent = fresh.textContent;
      }
    }
    const progress = this.desk.querySelector("[data-progress]");
    if (progress) progress.innerHTML = t.content.querySelector("[data-progress]")?.innerHTML ?? "";
  }

  /** Shows in the pane what the current answer has. */
  #follow() {
    const card = this.list.now;
    const mine = new Set([...(card?.querySelectorAll(".chip[data-mine]") ?? [])].map((c) => /** @type {HTMLElement} */ (c).dataset.theme));
    for (const b of this.items) {
      b.setAttribute("aria-pressed", String(mine.has(b.dataset.theme)));
      /** @type {HTMLButtonElement} */ (b).disabled = !card;
    }
  }

  /** On a narrow screen one pane is shown at a time. */
  #tabs() {
    for (const tab of this.desk.querySelectorAll("[data-tab]")) {
      tab.addEventListener("click", (e) => {
        e.preventDefault();
        const which = /** @type {HTMLElement} */ (tab).dataset.tab ?? "list";
        this.desk.dataset.show = which;
        for (const other of this.desk.querySelectorAll("[data-tab]")) other.toggleAttribute("aria-current", other === tab);
        if (which === "list") this.list.now?.scrollIntoView({ block: "nearest" });
      });
    }
    this.desk.querySelector('[data-tab="list"]')?.setAttribute("aria-current", "true");
  }
}
