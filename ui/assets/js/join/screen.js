// What a phone shows: at once what its participant does, and what the others say as it comes.

/** @typedef {import("./queue.js").Act} Act */
/** @typedef {import("./queue.js").Got} Got */
/** @typedef {import("./news.js").Remark} Remark */

/** @template {Element} [T=HTMLElement] @param {string} css @param {ParentNode} [from] @returns {T | null} */
const find = (css, from = document) => /** @type {T | null} */ (from.querySelector(css));

export class Screen {
  constructor() {
    this.said = find("[data-words]");
    this.toast = find("[data-toast]");
    this.timer = 0;
    if (this.toast && !this.toast.hidden) this.fade();
    this.refresh();
  }

  /** A message of the page's language with its number. @param {string} name @param {string} n */
  words(name, n) { return (this.said?.dataset[name] ?? "").replace("{0}", n); }

  /** @param {string} text */
  say(text) {
    if (!this.toast) return;
    this.toast.textContent = text;
    this.toast.hidden = false;
    this.fade();
  }

  fade() {
    clearTimeout(this.timer);
    this.timer = window.setTimeout(() => { if (this.toast) this.toast.hidden = true; }, 7000);
  }

  /** @param {number} waiting @param {import("./queue.js").How} how */
  net(waiting, how) {
    const el = find("[data-net]");
    if (!el) return;
    let text = "";
    if (waiting && how === "sending") text = el.classList.contains("bad") ? el.textContent ?? "" : "";
    else if (waiting) text = this.words(how === "paused" ? "waiting" : "offline", String(waiting));
    else if (el.textContent) text = this.words("sent", "");
    if (el.textContent !== text) el.textContent = text;
    if (how !== "sending") el.classList.toggle("bad", waiting > 0);
  }

  /** @param {string} state */
  state(state) {
    const el = find("[data-state]");
    const text = find("[data-state-text]");
    if (!el || !text || el.dataset.state === state) return;
    el.dataset.state = state;
    text.textContent = this.words(state, "");
    this.say(text.textContent);
    for (const form of document.querySelectorAll(".write, .words")) /** @type {HTMLElement} */ (form).hidden = state === "closed";
    this.refresh();
  }

  /** @param {Act} act */
  button(act) {
    const f = act.fields;
    const kind = f.do.split(":")[1];
    if (kind) return find(`[data-card="${CSS.escape(f.card)}"] [data-kind="${CSS.escape(kind)}"]`);
    return find(`[data-remark="${CSS.escape(f.remark ?? "")}"] .agree`);
  }

  /** Shows what an act does, before the server has heard of it. @param {Act} act */
  show(act) {
    const f = act.fields;
    switch (f.do.split(":")[0]) {
      case "vote": case "unvote": case "agree": case "unagree": return this.press(act, !f.do.startsWith("un"));
      case "comment": case "theme": return this.write(act);
      case "group": {
        const select = find("#group");
        if (select instanceof HTMLSelectElement) select.value = f.group;
      }
    }
  }

  /** @param {Act} act @param {boolean} on */
  press(act, on) {
    const b = /** @type {HTMLButtonElement | null} */ (this.button(act));
    if (!b || b.ariaPressed === String(on)) return;
    b.ariaPressed = String(on);
    b.value = (on ? "un" : "") + act.fields.do.replace(/^un/, "");
    const n = find("[data-n]", b);
    if (n) n.textContent = String(Math.max(Number(n.textContent) + (on ? 1 : -1), 0));
    this.refresh();
  }

  /** @param {Act} act */
  write(act) {
    const list = find(`[data-list="${CSS.escape(act.fields.card ?? "")}"]`);
    const empty = /** @type {HTMLTemplateElement | null} */ (find("[data-remark-mine]"));
    if (!list || !empty || find(`[data-key="${CSS.escape(act.key)}"]`)) return;
    const li = /** @type {HTMLElement} */ (empty.content.cloneNode(true)).firstElementChild;
    if (!(li instanceof HTMLElement)) return;
    li.dataset.key = act.key;
    /** @type {HTMLElement} */ (find("p", li)).textContent = act.fields.text.trim();
    this.standing(li, this.words("sending", ""));
    list.append(li);
  }

  /** @param {HTMLElement} li @param {string} text */
  standing(li, text) {
    const el = find("[data-standing]", li);
    if (el) el.textContent = text;
  }

  /** The server has an act. @param {Act} act @param {Got} got */
  settle(act, got) {
    const li = find(`[data-key="${CSS.escape(act.key)}"]`);
    if (!li || !got.remark) return;
    for (const twin of document.querySelectorAll(`[data-remark="${got.remark}"]`)) if (twin !== li) twin.remove(); // the news was quicker
    li.dataset.remark = String(got.remark);
    this.standing(li, got.state === "held" ? this.words("waits", "") : "");
  }

  /** The server refused an act. @param {Act} act */
  revert(act) {
    const f = act.fields;
    if (f.do === "comment" || f.do === "theme") {
      const li = find(`[data-key="${CSS.escape(act.key)}"]`);
      const field = /** @type {HTMLTextAreaElement | null} */ (find(f.card ? "#t-" + CSS.escape(f.card) : "#t-own"));
      if (field && !field.value) field.value = f.text; // nothing that was written is lost
      field?.closest("details")?.setAttribute("open", "");
      li?.remove();
    } else if (f.do !== "group") this.press(act, f.do.startsWith("un"));
  }

  /** @param {string} kind */
  hasLeft(kind) { return Number(find(`[data-left="${CSS.escape(kind)}"] [data-left-n]`)?.dataset.leftN ?? 1) > 0; }

  /** Counts the votes that are left. */
  refresh() {
    for (const p of document.querySelectorAll("[data-left]")) {
      const el = /** @type {HTMLElement} */ (p);
      const used = document.querySelectorAll(`[data-kind="${CSS.escape(el.dataset.left ?? "")}"][aria-pressed="true"]`).length;
      const left = Math.max(Number(el.dataset.limit) - used, 0);
      const n = find("[data-left-n]", el);
      if (!n || n.dataset.leftN === String(left)) continue;
      n.dataset.leftN = String(left);
      n.textContent = this.words("left", String(left));
    }
  }

  /** What the room says. @param {Remark} r */
  hear(r) {
    let li = find(`[data-remark="${r.id}"]`);
    if (r.gone) {
      if (li && "mine" in li.dataset) this.standing(li, this.words("away", ""));
      else li?.remove();
      return;
    }
    const list = find(`[data-list="${CSS.escape(r.card ?? "")}"]`);
    if (!li) {
      const empty = /** @type {HTMLTemplateElement | null} */ (find("[data-remark-empty]"));
      const made = /** @type {HTMLElement | undefined} */ (empty?.content.cloneNode(true))?.firstElementChild;
      if (!(made instanceof HTMLElement) || !list) return;
      li = made;
      li.dataset.remark = String(r.id);
      for (const [name, value] of [["remark", String(r.id)], ["at", r.card ?? ""]]) /** @type {HTMLInputElement} */ (find(`[name="${name}"]`, li)).value = value;
    }
    if (list && li.parentElement !== list) list.append(li);
    if ("mine" in li.dataset) return this.standing(li, "");
    const p = /** @type {HTMLElement} */ (find("p", li));
    p.textContent = r.said ?? "";
    if (r.lang) p.lang = r.lang;
    const n = find("[data-n]", li);
    if (n) n.textContent = String(r.agrees);
    const name = find(".agree .vh", li);
    if (name) name.textContent = ": " + (r.said ?? "");
  }
}
