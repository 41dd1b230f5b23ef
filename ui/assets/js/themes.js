// The codebook: the tree by keyboard and by dragging, and a form that is not lost by mistake.
import { alarm } from "./common.js";
import { guard, load, put } from "./swap.js";

const form = () => /** @type {HTMLFormElement | null} */ (document.querySelector("[data-themeform]"));
let dirty = false;

/** @param {boolean} now */
function touch(now) {
  dirty = now;
  const note = document.querySelector("[data-dirty]");
  if (note instanceof HTMLElement) note.hidden = !now;
}

document.addEventListener("input", (e) => {
  const t = /** @type {HTMLInputElement} */ (e.target);
  if (t.form !== form() || !t.form) return;
  touch(true);
  const name = t.form.querySelector("[data-huename]");
  if (t.name === "hue" && name) {
    name.textContent = t.closest("label")?.title ?? "";
    document.getElementById("opened")?.setAttribute("data-hue", t.value);
  }
});
document.addEventListener("swapped", () => { if (!document.querySelector("main .problems")) touch(false); });
guard(() => !dirty || confirm(form()?.dataset.leave));
addEventListener("beforeunload", (e) => { if (dirty) e.preventDefault(); });
document.addEventListener("keydown", (e) => {
  if ((e.ctrlKey || e.metaKey) && e.key === "s" && form()) {
    e.preventDefault();
    form()?.requestSubmit();
  }
});

/**
 * Moves a theme and shows the tree anew; what is written in the form stays.
 * @param {string} id
 * @param {Record<string, string>} where
 */
async function move(id, where) {
  const tree = /** @type {HTMLElement} */ (document.querySelector("[data-tree]"));
  const body = new FormData();
  for (const [name, value] of Object.entries({ ...where, next: location.pathname + location.search })) body.set(name, value);
  const got = await load(`/p/${tree.dataset.slug}/themes/${id}/move`, body).catch(() => null);
  if (!got?.ok) {
    alarm(got?.doc.querySelector("main .problems, main .say")?.textContent?.trim() ?? "⚠");
    return;
  }
  const was = dirty;
  put(got, ["[data-undone]", "[data-tree]", "[data-place]"]);
  touch(was);
  document.getElementById(`tree-${id}`)?.focus();
}

document.addEventListener("keydown", (e) => {
  const link = /** @type {HTMLElement} */ (e.target).closest?.("[data-tree] a");
  if (!link) return;
  const dirs = { ArrowUp: "up", ArrowDown: "down", ArrowRight: "in", ArrowLeft: "out" };
  const dir = dirs[/** @type {keyof typeof dirs} */ (e.key)];
  if (!dir || e.ctrlKey || e.metaKey || e.shiftKey) return;
  const item = /** @type {HTMLElement} */ (link.closest("[data-theme]"));
  if (e.altKey) {
    e.preventDefault();
    if (item.querySelector("[draggable]")) void move(item.dataset.theme ?? "", { dir });
    return;
  }
  if (dir !== "up" && dir !== "down") return;
  const links = /** @type {HTMLElement[]} */ ([...document.querySelectorAll("[data-tree] a")]);
  const next = links[links.indexOf(/** @type {HTMLElement} */ (link)) + (dir === "up" ? -1 : 1)];
  if (!next) return;
  e.preventDefault();
  next.focus();
});

/** @type {HTMLElement | null} */
let held = null;

/** @param {DragEvent} e */
function over(e) {
  const row = /** @type {HTMLElement} */ (e.target).closest?.("[data-tree] [data-row]");
  if (!held || !(row instanceof HTMLElement) || held.contains(row)) return null;
  const box = row.getBoundingClientRect();
  const at = (e.clientY - box.top) / box.height;
  return { row, how: at < 0.28 ? "before" : at > 0.72 ? "after" : "inside" };
}

function unmark() {
  for (const el of document.querySelectorAll("[data-row].before, [data-row].after, [data-row].inside")) el.classList.remove("before", "after", "inside");
}

document.addEventListener("dragstart", (e) => {
  const row = /** @type {HTMLElement} */ (e.target).closest?.("[data-tree] [data-row]");
  if (!row) return;
  held = row.closest("li");
  row.classList.add("dragged");
  e.dataTransfer?.setData("text/plain", row.querySelector("a")?.textContent?.trim() ?? "");
  if (e.dataTransfer) e.dataTransfer.effectAllowed = "move";
});
document.addEventListener("dragover", (e) => {
  const at = over(e);
  if (held) unmark();
  if (!at) return;
  e.preventDefault();
  at.row.classList.add(at.how);
});
document.addEventListener("dragend", () => {
  unmark();
  held?.querySelector(".dragged")?.classList.remove("dragged");
  held = null;
});
document.addEventListener("drop", (e) => {
  const at = over(e);
  const li = /** @type {HTMLElement | null | undefined} */ (at?.row.closest("li"));
  if (!at || !li || !held) return;
  e.preventDefault();
  const id = held.dataset.theme ?? "";
  if (at.how === "inside") {
    void move(id, { parent: li.dataset.theme ?? "0" });
    return;
  }
  // A place is counted without the theme itself.
  let position = Number(li.dataset.position) + (at.how === "after" ? 1 : 0);
  if (held.dataset.parent === li.dataset.parent && Number(held.dataset.position) < position) position--;
  void move(id, { parent: li.dataset.parent ?? "0", position: String(position) });
});
