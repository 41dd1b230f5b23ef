// @ts-check
// Password fields get a button that shows what was typed, instead of a second field to type it in again.

/** @param {HTMLElement} box */
function reveal(box) {
  const input = box.querySelector("input");
  const words = document.querySelector("[data-reveal-words]");
  if (!(input instanceof HTMLInputElement) || !(words instanceof HTMLElement)) return;
  const button = document.createElement("button");
  button.type = "button";
  button.className = "ghost";
  button.textContent = words.dataset.show ?? "";
  button.setAttribute("aria-pressed", "false");
  button.addEventListener("click", () => {
    const shown = input.type === "password";
    input.type = shown ? "text" : "password";
    button.setAttribute("aria-pressed", String(shown));
    input.focus();
  });
  input.form?.addEventListener("submit", () => { input.type = "password"; });
  box.append(button);
}

for (const box of document.querySelectorAll(".reveal")) if (box instanceof HTMLElement) reveal(box);
const told = document.querySelector("[data-focus]");
if (told instanceof HTMLElement) told.focus();
