// @ts-check
// A new project: the address is suggested from the name until the person writes one, and the form opens in a dialog.

/** slugFrom makes an address out of a name, as the server does. @param {string} name */
export function slugFrom(name) {
  /** @type {Record<string, string>} */
  const odd = { "ø": "o", "æ": "a", "ß": "s" };
  const slug = name.toLowerCase().normalize("NFD").replace(/\p{Mn}/gu, "").replace(/[øæß]/g, c => odd[c])
    .replace(/[^a-z0-9]+/g, "-").replace(/^-|-$/g, "");
  return slug.length > 48 ? slug.slice(0, 48).replace(/(.)-[^-]*$/, "$1") : slug;
}

/** @param {HTMLFormElement} form */
function suggest(form) {
  const name = form.querySelector("[data-slug-from]");
  const slug = form.querySelector("[data-slug]");
  if (!(name instanceof HTMLInputElement) || !(slug instanceof HTMLInputElement)) return;
  const taken = new Set((form.dataset.taken ?? "").split(" "));
  let own = slug.value !== "";
  slug.addEventListener("input", () => { own = slug.value !== ""; });
  name.addEventListener("input", () => {
    if (own) return;
    const base = slugFrom(name.value);
    let free = base;
    for (let k = 2; base && taken.has(free); k++) free = `${base}-${k}`;
    slug.value = free;
  });
}

for (const form of document.querySelectorAll("[data-slug-form]")) if (form instanceof HTMLFormElement) suggest(form);

for (const link of document.querySelectorAll("[data-opens]")) {
  const dialog = document.getElementById(link instanceof HTMLElement ? link.dataset.opens ?? "" : "");
  if (!(dialog instanceof HTMLDialogElement)) continue;
  link.addEventListener("click", event => {
    if (!(event instanceof MouseEvent) || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    dialog.showModal();
    const first = dialog.querySelector("input");
    if (first) first.focus();
  });
  dialog.addEventListener("click", event => { if (event.target === dialog) dialog.close(); });
}
