// @ts-check
// Language versions side by side: what a file says is dragged to another row, or moved by the arrow keys on its handle. Each
// move is sent at once and the page comes back with it. Without this module the lists under the cells do it.
import { go } from "./swap.js";

/** @type {{ kind: string, slot: HTMLElement | null, value: string } | null} */
let held = null;

/** @param {Element | null} el @returns {HTMLElement | null} */
const slotOf = (el) => /** @type {HTMLElement | null} */ (el?.closest("[data-slot]") ?? null);

/** The value in a slot, the one for nothing where it is empty. @param {HTMLElement} slot */
const valueOf = (slot) => slot.classList.contains("gap") ? slot.dataset.none ?? "" : slot.dataset.value ?? "";

/**
 * Sends what stands where.
 * @param {Element} from
 * @param {[string, string][]} fields
 */
async function send(from, fields) {
  const form = from.closest("form");
  if (!form) return;
  const body = new FormData();
  for (const [name, value] of fields) body.append(name, value);
  body.append("do", "again");
  await go(form.action, body);
}

/**
 * Puts the value of one slot, or of a loose column, into another; what was there takes its place.
 * @param {HTMLElement} to
 * @param {HTMLElement | null} from
 * @param {string} value
 */
async function place(to, from, value) {
  const name = to.dataset.slot ?? "";
  /** @type {[string, string][]} */
  const fields = [[name, value]];
  if (from && from !== to) fields.push([from.dataset.slot ?? "", valueOf(to)]);
  await send(to, fields);
  document.getElementById(`g-${name}`)?.focus();
}

function show() {
  for (const grip of document.querySelectorAll("[data-grip]")) /** @type {HTMLElement} */ (grip).hidden = false;
}

document.addEventListener("dragstart", (e) => {
  const el = /** @type {Element} */ (e.target);
  const loose = /** @type {HTMLElement | null} */ (el.closest("[data-loose]"));
  const slot = el.closest("[data-grip]") ? slotOf(el) : null;
  const source = loose ?? slot;
  if (!source) return;
  held = { kind: source.dataset.kind ?? "", slot, value: loose ? loose.dataset.value ?? "" : valueOf(/** @type {HTMLElement} */ (slot)) };
  e.dataTransfer?.setData("text/plain", source.textContent?.trim() ?? "");
  source.classList.add("dragged");
});

/** The slot under the pointer, if what is held may go there. @param {DragEvent} e */
function target(e) {
  const slot = slotOf(/** @type {Element} */ (e.target));
  return held && slot && slot !== held.slot && slot.dataset.kind === held.kind ? slot : null;
}

document.addEventListener("dragover", (e) => {
  const slot = target(e);
  for (const over of document.querySelectorAll(".v-cell.over")) if (over !== slot) over.classList.remove("over");
  if (!slot) return;
  e.preventDefault();
  slot.classList.add("over");
});

document.addEventListener("drop", (e) => {
  const slot = target(e);
  if (!slot || !held) return;
  e.preventDefault();
  void place(slot, held.slot, held.value);
});

document.addEventListener("dragend", () => {
  held = null;
  for (const el of document.querySelectorAll(".dragged, .v-cell.over")) el.classList.remove("dragged", "over");
});

document.addEventListener("keydown", (e) => {
  const grip = /** @type {Element} */ (e.target).closest?.("[data-grip]");
  const slot = grip ? slotOf(grip) : null;
  if (!slot || e.ctrlKey || e.metaKey || e.altKey) return;
  if (e.key === "Delete" || e.key === "Backspace") {
    e.preventDefault();
    void send(slot, [[slot.dataset.slot ?? "", slot.dataset.none ?? ""]]);
    return;
  }
  if (e.key !== "ArrowUp" && e.key !== "ArrowDown") return;
  e.preventDefault();
  const slots = /** @type {HTMLElement[]} */ ([...document.querySelectorAll("[data-slot]")]).filter((s) => s.dataset.kind === slot.dataset.kind);
  const next = slots[slots.indexOf(slot) + (e.key === "ArrowDown" ? 1 : -1)];
  if (next) void place(next, slot, valueOf(slot));
});

document.addEventListener("swapped", show);
show();
