// The memo of the current answer: saved when one stops writing or leaves the field.

export class Memo {
  /** @param {HTMLElement} desk @param {import("./actions.js").Actions} actions @param {import("./list.js").List} list */
  constructor(desk, actions, list) {
    this.desk = desk;
    this.actions = actions;
    this.list = list;
    this.area = /** @type {HTMLTextAreaElement} */ (desk.querySelector("[data-memotext]"));
    this.timer = 0;
    this.id = "";
    this.was = "";
    this.area.addEventListener("input", () => {
      clearTimeout(this.timer);
      this.timer = window.setTimeout(() => this.save(), 1200);
    });
    this.area.addEventListener("blur", () => this.save());
    this.area.addEventListener("keydown", (e) => {
      if (e.key !== "Escape") return;
      this.save();
      this.list.now?.focus();
    });
    this.area.form?.addEventListener("submit", (e) => { e.preventDefault(); this.save(); });
    desk.addEventListener("click", (e) => {
      if (/** @type {HTMLElement} */ (e.target).closest('[data-do="memo"]')) this.open();
    });
    list.addEventListener("now", () => this.#follow());
  }

  open() {
    if (innerWidth <= 860) this.desk.dataset.show = "side";
    this.area.focus();
  }

  save() {
    clearTimeout(this.timer);
    const text = this.area.value.trimEnd();
    if (!this.id || text === this.was) return;
    this.was = text;
    this.actions.memo(this.id, text);
  }

  #follow() {
    if (this.id === this.list.id) return;
    if (this.id) this.save();
    this.id = this.list.id;
    this.was = this.list.now?.querySelector("[data-memo]")?.textContent ?? "";
    this.area.value = this.was;
    this.area.disabled = !this.id;
  }
}
