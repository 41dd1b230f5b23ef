// The list of answers on which coders differ, by keyboard: j and k move, a number takes a coder's side, y and n settle the first
// open theme, w goes to the reason, d opens the definitions, u undoes. Without this module it is plain forms.
import { toast, writing } from "./common.js";
import "./swap.js";

/** Which card is the current one: the same answer wherever the list has it, and the same place when a settled answer leaves. */
let at = 0;
let id = "";
/** Where an undo was asked for: the answer that it brings back stands there. -1 for nowhere. */
let back = -1;

/** @returns {HTMLElement[]} */
function cards() { return [...document.querySelectorAll(/** @type {"article"} */ ("[data-dispute]"))]; }

/**
 * Makes a card the current one.
 * @param {number} to
 * @param {boolean} [follow] moves focus and scrolls there
 */
function go(to, follow = true) {
  const all = cards();
  if (!all.length) return;
  at = Math.min(Math.max(to, 0), all.length - 1);
  id = all[at].id;
  all.forEach((c, i) => { if (i === at) c.setAttribute("aria-current", "true"); else c.removeAttribute("aria-current"); });
  if (!follow) return;
  all[at].focus({ preventScroll: true });
  all[at].scrollIntoView({ block: "nearest" });
}

/** Presses a button of the current card. @param {string} selector */
function press(selector) {
  const b = cards()[at]?.querySelector(selector);
  if (b instanceof HTMLElement) b.click();
}

/** @type {Record<string, () => void>} */
const keys = {
  j: () => go(at + 1),
  k: () => go(at - 1),
  y: () => press("tr[data-up] [data-yes]"),
  n: () => press("tr[data-up] [data-no]"),
  d: () => press("[data-definitions]"),
  u: () => { const b = document.querySelector(".undo button"); if (b instanceof HTMLElement) b.click(); },
  w: () => { const i = cards()[at]?.querySelector("[data-why]"); if (i instanceof HTMLElement) i.focus(); },
};

document.addEventListener("keydown", (e) => {
  if (e.defaultPrevented || e.ctrlKey || e.metaKey || e.altKey || !document.querySelector("[data-disputes][data-keys]")) return;
  if (e.key === "Escape" && /** @type {HTMLElement} */ (e.target).matches("[data-why]")) { go(at); return; }
  if (writing(e)) return;
  if (e.key in keys) keys[e.key]();
  else if (/^[1-9]$/.test(e.key)) press(`[data-side="${e.key}"]`);
  else return;
  e.preventDefault();
});

// Enter in the reason settles nothing: a side or a theme must be pressed.
document.addEventListener("keydown", (e) => {
  if (e.key === "Enter" && /** @type {HTMLElement} */ (e.target).matches("[data-why]")) e.preventDefault();
});

document.addEventListener("focusin", (e) => {
  const card = /** @type {HTMLElement} */ (e.target).closest("[data-dispute]");
  const i = card instanceof HTMLElement ? cards().indexOf(card) : -1;
  if (i >= 0) go(i, false);
});

function show() {
  for (const b of document.querySelectorAll("[data-copy-of]")) /** @type {HTMLElement} */ (b).hidden = false;
  const inside = document.activeElement?.closest("[data-dispute]");
  const same = cards().findIndex((c) => c.id === id);
  if (back >= 0) go(back);
  else if (cards().length) go(same < 0 ? at : same, !!document.querySelector(".undo") && !inside);
  back = -1;
}
show();
document.addEventListener("swapped", show);

// Undo goes back to the answer that returns to its place.
document.addEventListener("click", (e) => { if (/** @type {HTMLElement} */ (e.target).closest(".undo button")) back = at; });

document.addEventListener("click", async (e) => {
  const b = /** @type {HTMLElement} */ (e.target).closest("[data-copy-of]");
  if (!(b instanceof HTMLElement)) return;
  const text = document.getElementById(b.dataset.copyOf ?? "")?.textContent ?? "";
  try {
    await navigator.clipboard.writeText(text);
    toast(b.dataset.said ?? "");
  } catch {
    const range = document.createRange(); // without the right to write: chosen, so that the browser's own copying takes it
    range.selectNodeContents(/** @type {Node} */ (document.getElementById(b.dataset.copyOf ?? "")));
    getSelection()?.removeAllRanges();
    getSelection()?.addRange(range);
  }
});
