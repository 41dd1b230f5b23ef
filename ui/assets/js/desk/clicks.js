// The mouse's way to what keys.js does by keyboard.

/**
 * @param {HTMLElement} desk @param {import("./actions.js").Actions} actions @param {import("./list.js").List} list
 * @param {import("./suggest.js").Suggest} suggest
 */
export function clicks(desk, actions, list, suggest) {
  const clicked = (/** @type {Event} */ e) => {
    const t = /** @type {HTMLElement} */ (e.target);
    const themed = /** @type {HTMLElement | null} */ (t.closest("[data-pane] [data-theme]"));
    if (themed) {
      e.preventDefault();
      actions.theme(themed.dataset.theme ?? "");
      return;
    }
    const button = /** @type {HTMLElement | null} */ (t.closest("[data-do]"));
    if (!button) return;
    const card = /** @type {HTMLElement | null} */ (button.closest("[data-card]"));
    if (card && card !== list.now) list.select(card, { stay: true });
    const chip = /** @type {HTMLElement | null} */ (button.closest(".chip"));
    switch (button.dataset.do) {
      case "remove": if (card && chip) actions.drop(card, chip); break;
      case "none": case "unusable": actions.state(/** @type {"none"} */ (button.dataset.do)); break;
      case "quote": actions.quote(); break;
      case "example": if (card) actions.example(card, button); break;
      case "accept": suggest.take(/** @type {HTMLElement} */ (button.closest("[data-maybe]"))); break;
      case "undo": actions.undo("undo"); break;
      default: return; // memo, type and help: memo.js, finder.js and keys.js
    }
    e.preventDefault();
  };
  desk.addEventListener("click", clicked);
  document.querySelector(".keys")?.addEventListener("click", clicked);
}
