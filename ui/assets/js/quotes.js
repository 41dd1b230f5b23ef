// The list of quotes: copying to the clipboard, and dragging within a theme.
import { alarm, toast } from "./common.js";
import { go } from "./swap.js";

function ready() {
  for (const b of document.querySelectorAll("[data-copy], [data-copy-url]")) /** @type {HTMLElement} */ (b).hidden = !navigator.clipboard;
  for (const g of document.querySelectorAll("[data-grip]")) /** @type {HTMLElement} */ (g).hidden = false;
}
ready();
document.addEventListener("swapped", ready);

document.addEventListener("click", async (e) => {
  const b = /** @type {HTMLElement} */ (e.target).closest("[data-copy]");
  if (!(b instanceof HTMLElement)) return;
  const words = document.querySelector(b.dataset.copy ?? "");
  const by = b.dataset.by ? "\n– " + b.dataset.by : "";
  try {
    await navigator.clipboard.writeText((words?.textContent ?? "").trim() + by);
    toast(b.dataset.said ?? "");
  } catch { // the browser does not let the page
    if (words) getSelection()?.selectAllChildren(words);
    alarm(b.dataset.failed ?? "");
  }
});

// All quotes that a menu of downloads offers, as plain text. Where the browser does not let the page copy, the text is opened.
document.addEventListener("click", async (e) => {
  const b = /** @type {HTMLElement} */ (e.target).closest("[data-copy-url]");
  if (!(b instanceof HTMLElement)) return;
  const url = b.dataset.copyUrl ?? "";
  try {
    const res = await fetch(url);
    if (!res.ok) return alarm(new DOMParser().parseFromString(await res.text(), "text/html").querySelector("main .say")?.textContent ?? "⚠");
    await navigator.clipboard.writeText(await res.text());
    toast(b.dataset.said ?? "");
    b.closest("details")?.removeAttribute("open");
  } catch {
    location.assign(url);
  }
});

/** @type {HTMLElement | null} */
let held = null;

/** @param {DragEvent} e */
function over(e) {
  const q = /** @type {HTMLElement} */ (e.target).closest?.("[data-quote]");
  if (!held || !(q instanceof HTMLElement) || q === held || q.parentElement !== held.parentElement) return null;
  const box = q.getBoundingClientRect();
  return { q, how: e.clientY < box.top + box.height / 2 ? "before" : "after" };
}

function unmark() {
  for (const el of document.querySelectorAll(".quote.before, .quote.after")) el.classList.remove("before", "after");
}

document.addEventListener("dragstart", (e) => {
  const q = /** @type {HTMLElement} */ (e.target).closest?.("[data-grip]")?.closest("[data-quote]");
  if (!(q instanceof HTMLElement)) return;
  e.dataTransfer?.setDragImage(q, 20, 20);
  held = q;
  q.classList.add("dragged");
  e.dataTransfer?.setData("text/plain", q.querySelector(".text")?.textContent ?? "");
});
document.addEventListener("dragover", (e) => {
  const at = over(e);
  if (held) unmark();
  if (!at) return;
  e.preventDefault();
  at.q.classList.add(at.how);
});
document.addEventListener("dragend", () => {
  unmark();
  held?.classList.remove("dragged");
  held = null;
});
document.addEventListener("drop", (e) => {
  const at = over(e);
  const action = held?.querySelector(/** @type {"form"} */ ('form[action*="/move"]'))?.action;
  if (!at || !action) return;
  e.preventDefault();
  const body = new FormData();
  body.set(at.how, at.q.dataset.quote ?? "");
  void go(action, body);
});
