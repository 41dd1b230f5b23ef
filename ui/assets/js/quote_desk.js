// The quote that is open: words chosen in the original become what the buttons act on, and every button has a key. On the page of
// candidates, j and k move and q chooses.
import { writing } from "./common.js";
import { Evidence } from "./desk/evidence.js";

/** @returns {HTMLElement | null} */
const open = () => document.querySelector("[data-now]");

class Open extends EventTarget {
  get now() { return open(); }
}
const chosen = new Evidence(/** @type {any} */ (new Open()));

/** The form of edits with the chosen words in it. @param {HTMLFormElement} form */
function fill(form) {
  const [start, end] = chosen.take().split("-");
  if (!end) return;
  form.start.value = start;
  form.end.value = end;
  form.words.value = [...(open()?.querySelector("[data-text]")?.textContent ?? "")].slice(Number(start), Number(end)).join("");
}

/** A button that waits for what stands in brackets. @type {HTMLElement | null} */
let waiting = null;

document.addEventListener("click", (e) => {
  const button = /** @type {HTMLElement} */ (e.target).closest("[data-edit] button");
  if (!(button instanceof HTMLButtonElement) || !button.form) return;
  fill(button.form);
  const text = /** @type {HTMLInputElement} */ (button.form.elements.namedItem("text"));
  if ((button.value === "mask" || button.value === "fix") && !text.value) {
    e.preventDefault();
    waiting = button;
    if (button.value === "fix") text.value = button.form.words.value;
    text.focus();
    text.select();
  }
}, true);

document.addEventListener("input", (e) => { // words that are typed are what counts
  const input = /** @type {HTMLInputElement} */ (e.target);
  if (!input.matches('[data-edit] [name="words"]') || !input.form) return;
  input.form.start.value = "";
  input.form.end.value = "";
});

document.addEventListener("keydown", (e) => {
  const text = /** @type {HTMLElement} */ (e.target);
  if (e.key !== "Enter" || !waiting || !text.matches('[data-edit] [name="text"]')) return;
  e.preventDefault();
  const button = waiting;
  waiting = null;
  button.click();
});

/** @param {1 | -1} step */
function move(step) {
  const all = /** @type {HTMLElement[]} */ ([...document.querySelectorAll("[data-quote], [data-candidate]")]);
  const at = all.findIndex((q) => q === open() || q === document.activeElement || q.contains(document.activeElement));
  const next = all[at < 0 ? 0 : Math.min(Math.max(at + step, 0), all.length - 1)];
  if (!next) return;
  next.scrollIntoView({ block: "nearest" });
  const link = /** @type {HTMLElement | null} */ (next.querySelector("[data-open]"));
  if (link) link.click();
  else next.focus();
}

/** @param {KeyboardEvent} e */
function pressed(e) {
  const t = /** @type {HTMLElement} */ (e.target);
  switch (e.key) {
    case "j": move(1); return true;
    case "k": move(-1); return true;
    case "q": {
      const button = /** @type {HTMLElement | null} */ (t.closest("[data-candidate]")?.querySelector("[data-choose]"));
      button?.click();
      return !!button;
    }
  }
  const card = open();
  if (!card) return false;
  switch (e.key) {
    case "e": chosen.toggle(); return true;
    case "ArrowRight": case "ArrowLeft":
      if (!chosen.active) return false;
      chosen.step(e.key === "ArrowRight" ? 1 : -1, e.shiftKey ? "end" : "all");
      return true;
    case "t": {
      const details = /** @type {HTMLDetailsElement | null} */ (card.querySelector("[data-translate]"));
      if (!details) return false;
      details.open = true;
      details.querySelector("textarea")?.focus();
      return true;
    }
  }
  if (e.key === "Enter" && t.closest("a, button, summary, label, input")) return false;
  const button = /** @type {HTMLElement | null} */ ([...card.querySelectorAll("[data-key]")].find((b) => b.getAttribute("data-key") === e.key) ?? null);
  button?.click();
  return !!button;
}

document.addEventListener("keydown", (e) => {
  if (e.altKey && e.shiftKey && (e.key === "ArrowLeft" || e.key === "ArrowRight") && chosen.active && !writing(e)) {
    e.preventDefault();
    return chosen.step(e.key === "ArrowRight" ? 1 : -1, "start");
  }
  if (e.defaultPrevented || e.ctrlKey || e.metaKey || e.altKey || writing(e) || document.querySelector("[data-quotekeys=off]")) return;
  if (pressed(e)) e.preventDefault();
});

/** The quote that the page opened with, or that was opened, is where keys act. */
function settle() {
  if (!document.activeElement || document.activeElement === document.body || !document.contains(document.activeElement)) open()?.focus({ preventScroll: true });
}
settle();
if (!location.hash) open()?.scrollIntoView({ block: "start" });
document.addEventListener("swapped", settle);
