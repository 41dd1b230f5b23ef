// The theme finder: type a few letters of a label in any language, or of a keyword; Enter puts the theme on the answer. A name
// that nothing has can be made a theme on the spot.

export class Finder {
  /** @param {HTMLElement} desk @param {import("./actions.js").Actions} actions @param {import("./list.js").List} list */
  constructor(desk, actions, list) {
    this.desk = desk;
    this.actions = actions;
    this.list = list;
    this.input = /** @type {HTMLInputElement} */ (desk.querySelector("[data-find]"));
    this.box = /** @type {HTMLElement} */ (desk.querySelector("[data-found]"));
    this.at = 0;
    this.input.addEventListener("input", () => this.show());
    this.input.addEventListener("focus", () => this.show());
    this.input.addEventListener("blur", () => setTimeout(() => { if (document.activeElement !== this.input) this.hide(); }, 150));
    this.input.addEventListener("keydown", (e) => this.#key(e));
    this.box.addEventListener("mousedown", (e) => e.preventDefault());
    this.box.addEventListener("click", (e) => {
      const li = /** @type {HTMLElement} */ (e.target).closest("li");
      if (li) this.#take(li);
    });
    desk.addEventListener("click", (e) => {
      if (/** @type {HTMLElement} */ (e.target).closest('[data-do="type"]')) this.open();
    });
  }

  open() {
    const sel = getSelection();
    this.kept = sel && sel.rangeCount && !sel.isCollapsed ? sel.getRangeAt(0).cloneRange() : null;
    if (innerWidth <= 860) this.desk.dataset.show = "side";
    this.input.value = "";
    this.input.focus();
  }

  hide() {
    this.box.hidden = true;
    this.input.setAttribute("aria-expanded", "false");
    this.input.removeAttribute("aria-activedescendant");
    if (this.desk.dataset.show === "side" && innerWidth <= 860) this.desk.dataset.show = "list";
  }

  show() {
    const want = this.input.value.trim().toLocaleLowerCase();
    const recent = this.actions.side.recent;
    const rank = (/** @type {HTMLElement} */ b) => {
      const i = recent.indexOf(b.dataset.theme ?? "");
      return i < 0 ? 99 : i;
    };
    /** @type {[number, HTMLElement][]} */
    const found = [];
    for (const b of this.actions.side.items) {
      const score = want ? this.#score(b, want) : rank(b) < 99 ? 50 : 0;
      if (score > 0) found.push([score - rank(b) / 100, b]);
    }
    found.sort((a, b) => b[0] - a[0]);
    this.box.replaceChildren(...found.slice(0, 12).map(([, b], i) => this.#option(b, i)));
    if (want && !found.some(([, b]) => b.dataset.search?.split("\n").includes(want))) this.box.append(this.#create());
    this.at = 0;
    const open = this.box.children.length > 0;
    this.box.hidden = !open;
    this.input.setAttribute("aria-expanded", String(open));
    this.#point();
  }

  /**
   * How well a theme fits: the start of what one wants, its words' first letters, a word's start, anywhere. The name that is on the
   * screen goes before names in other languages and keywords.
   * @param {HTMLElement} b @param {string} want
   */
  #score(b, want) {
    const name = (b.querySelector(".name")?.textContent ?? "").toLocaleLowerCase();
    let best = this.#fit(name, want) * 1.25;
    for (const w of (b.dataset.search ?? "").split("\n")) best = Math.max(best, this.#fit(w, want));
    return best;
  }

  /** @param {string} w @param {string} want */
  #fit(w, want) {
    if (w === want) return 100;
    if (w.startsWith(want)) return 80;
    if (want.length > 1 && w.split(/[\s-]+/).map((x) => x[0]).join("").startsWith(want)) return 70;
    if (w.split(/[\s-]/).some((x) => x.startsWith(want))) return 60;
    return want.length > 1 && w.includes(want) ? 40 : 0;
  }

  /** @param {HTMLElement} b @param {number} i */
  #option(b, i) {
    const li = document.createElement("li");
    li.role = "option";
    li.id = "found-" + i;
    li.dataset.theme = b.dataset.theme;
    li.dataset.hue = b.closest("li")?.dataset.hue;
    const key = document.createElement("kbd");
    key.textContent = b.dataset.key ?? "";
    const name = document.createElement("span");
    name.className = "name";
    name.textContent = b.querySelector(".name")?.textContent ?? "";
    li.append(key, document.createElement("i"), name);
    return li;
  }

  #create() {
    const li = document.createElement("li");
    li.role = "option";
    li.id = "found-new";
    li.className = "create";
    li.dataset.create = this.input.value.trim();
    li.textContent = (this.actions.words.create ?? "").replace("{0}", this.input.value.trim());
    return li;
  }

  #point() {
    const all = [...this.box.children];
    all.forEach((li, i) => li.setAttribute("aria-selected", String(i === this.at)));
    const now = all[this.at];
    if (now) {
      this.input.setAttribute("aria-activedescendant", now.id);
      now.scrollIntoView({ block: "nearest" });
    }
  }

  /** @param {KeyboardEvent} e */
  #key(e) {
    const n = this.box.children.length;
    if (e.key === "ArrowDown" || e.key === "ArrowUp") {
      this.at = n ? (this.at + (e.key === "ArrowDown" ? 1 : n - 1)) % n : 0;
      this.#point();
    } else if (e.key === "Enter") {
      const li = /** @type {HTMLElement | undefined} */ (this.box.children[this.at]);
      if (li && !this.box.hidden) this.#take(li);
    } else if (e.key === "Escape") {
      this.#done();
    } else return;
    e.preventDefault();
  }

  /** @param {HTMLElement} li */
  #take(li) {
    if (this.kept) {
      const sel = getSelection();
      sel?.removeAllRanges();
      sel?.addRange(this.kept);
    }
    if (li.dataset.create) this.actions.create(li.dataset.create);
    else this.actions.theme(li.dataset.theme ?? "", "add");
    this.#done();
  }

  #done() {
    this.kept = null;
    this.input.value = "";
    this.hide();
    this.list.now?.focus({ preventScroll: true });
  }
}
