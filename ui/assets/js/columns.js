// @ts-check
// The roles of columns: the preview and the tally follow each choice, and only one column can be the id or the language.

/** @param {HTMLFormElement} form */
function columns(form) {
  const cols = /** @type {HTMLElement[]} */ ([...form.querySelectorAll("[data-col]")]);
  const tally = form.querySelector("[data-tally]");
  const warns = form.querySelector("[data-warns]");

  /** @param {HTMLElement} col */
  const select = col => /** @type {HTMLSelectElement} */ (col.querySelector("[data-role-select]"));

  /** @param {HTMLElement} col */
  const show = col => {
    const role = select(col).value;
    col.dataset.role = role;
    const key = col.querySelector("[data-key]");
    if (key) key.setAttribute("list", `keys-${role === "choice" ? "variable" : role}`);
    const joins = col.querySelector(".joins");
    if (joins instanceof HTMLElement) joins.hidden = select(col).selectedOptions[0] !== select(col).querySelector("[selected]");
  };

  const count = () => {
    for (const part of tally?.querySelectorAll("[data-n]") ?? []) {
      const role = part instanceof HTMLElement ? part.dataset.n : "";
      const number = part.querySelector("b");
      if (number) number.textContent = String(cols.filter(c => c.dataset.role === role).length);
    }
  };

  for (const col of cols) {
    show(col);
    select(col).addEventListener("change", () => {
      const role = select(col).value;
      if (role === "id" || role === "language") {
        for (const other of cols) {
          if (other === col || select(other).value !== role) continue;
          select(other).value = "ignore";
          show(other);
          const name = other.querySelector("h2")?.textContent ?? "";
          const text = (role === "id" ? form.dataset.oneId : form.dataset.oneLanguage) ?? "";
          if (warns) warns.textContent = text.replace("{0}", name);
        }
      }
      show(col);
      count();
    });
  }
  count();
}

for (const form of document.querySelectorAll("[data-columns]")) if (form instanceof HTMLFormElement) columns(form);
