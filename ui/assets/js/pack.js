// The parts of a report: dragged into order. Without this module the arrows do it.
import { go } from "./swap.js";

function ready() {
  for (const g of document.querySelectorAll("[data-grip]")) /** @type {HTMLElement} */ (g).hidden = false;
}
ready();
document.addEventListener("swapped", ready);

/** @type {HTMLElement | null} */
let held = null;

/** @param {DragEvent} e */
function over(e) {
  const at = /** @type {HTMLElement} */ (e.target).closest?.("[data-part]");
  if (!held || !(at instanceof HTMLElement) || at === held) return null;
  const box = at.getBoundingClientRect();
  return { at, how: e.clientY < box.top + box.height / 2 ? "before" : "after" };
}

function unmark() {
  for (const el of document.querySelectorAll("[data-part].before, [data-part].after")) el.classList.remove("before", "after");
}

document.addEventListener("dragstart", (e) => {
  const part = /** @type {HTMLElement} */ (e.target).closest?.("[data-grip]")?.closest("[data-part]");
  if (!(part instanceof HTMLElement)) return;
  held = part;
  part.classList.add("dragged");
  e.dataTransfer?.setDragImage(part, 20, 20);
  e.dataTransfer?.setData("text/plain", part.querySelector("strong")?.textContent ?? "");
});
document.addEventListener("dragover", (e) => {
  const to = over(e);
  if (held) unmark();
  if (!to) return;
  e.preventDefault();
  to.at.classList.add(to.how);
});
document.addEventListener("dragend", () => {
  unmark();
  held?.classList.remove("dragged");
  held = null;
});
document.addEventListener("drop", (e) => {
  const to = over(e);
  const action = held?.querySelector("form")?.action;
  if (!held || !to || !action) return;
  e.preventDefault();
  const from = Number(held.dataset.part);
  const place = Number(to.at.dataset.part) + (to.how === "after" ? 1 : 0);
  const body = new FormData();
  body.set("do", "place");
  body.set("n", String(from));
  body.set("is", held.dataset.is ?? "");
  body.set("to", String(from < place ? place - 1 : place)); // counted without the part itself
  void go(action, body);
});
