// The button that prints the page. Without this module the browser's own menu does.
for (const b of document.querySelectorAll("[data-print]")) {
  const button = /** @type {HTMLButtonElement} */ (b);
  button.hidden = false;
  button.addEventListener("click", () => print());
}
