// Filters act when they are changed, and the control that was changed keeps the focus.

/** @param {HTMLElement} desk @param {import("./list.js").List} list */
export function filters(desk, list) {
  const form = /** @type {HTMLFormElement} */ (desk.querySelector("[data-filters]"));
  const key = "filter-focus";
  form.addEventListener("change", (e) => {
    const t = /** @type {HTMLInputElement} */ (e.target);
    sessionStorage.setItem(key, `${t.name}=${t.type === "checkbox" || t.type === "radio" ? t.value : ""}`);
    sessionStorage.setItem(key + "-top", String(form.parentElement?.scrollTop ?? 0));
    if (t.name === "sort" && t.value === "random" && !form.elements.namedItem("seed")) {
      const seed = document.createElement("input");
      seed.type = "hidden";
      seed.name = "seed";
      seed.value = String(Math.floor(Math.random() * 9000) + 1000);
      form.append(seed);
    }
    form.requestSubmit();
  });
  form.addEventListener("submit", () => {
    const at = document.createElement("input"); // the reading position outlives the filter
    at.type = "hidden";
    at.name = "at";
    at.value = list.id;
    if (!form.elements.namedItem("at")) form.append(at);
    for (const el of form.elements) {
      const field = /** @type {HTMLInputElement} */ (el);
      if (field.name && field.value === "") field.disabled = true;
    }
  });
  const last = sessionStorage.getItem(key);
  if (!last) return;
  sessionStorage.removeItem(key);
  if (form.parentElement) form.parentElement.scrollTop = Number(sessionStorage.getItem(key + "-top") ?? 0);
  const [name, value] = last.split("=");
  for (const el of form.elements) {
    const field = /** @type {HTMLInputElement} */ (el);
    if (field.name === name && (value === "" || field.value === value)) {
      field.focus({ preventScroll: true });
      return;
    }
  }
}
