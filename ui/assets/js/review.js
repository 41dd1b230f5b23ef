// Ticking answers: all at once, and a range with shift.
import "./swap.js";

/** @type {HTMLInputElement | null} */
let last = null;

function show() {
  for (const b of document.querySelectorAll("[data-tickall]")) /** @type {HTMLElement} */ (b).hidden = false;
}
show();
document.addEventListener("swapped", show);

/** @returns {HTMLInputElement[]} */
function boxes() { return [...document.querySelectorAll(/** @type {"input"} */ ("[data-tick] input[type=checkbox]:not(:disabled)"))]; }

document.addEventListener("click", (e) => {
  const t = /** @type {HTMLElement} */ (e.target);
  if (t.closest("[data-tickall]")) {
    const all = boxes();
    const on = all.some((b) => !b.checked);
    for (const b of all) b.checked = on;
    return;
  }
  if (!(t instanceof HTMLInputElement) || !t.matches("[data-tick] input[type=checkbox]")) return;
  const all = boxes();
  if (e.shiftKey && last && all.includes(last)) {
    const [from, to] = [all.indexOf(last), all.indexOf(t)].sort((a, b) => a - b);
    for (const b of all.slice(from, to + 1)) b.checked = t.checked;
  }
  last = t;
});
