// Signing in again without leaving the page, when the sign-in ended in the middle of work.
import { send } from "../common.js";

/** Asks for name and password until they are right. */
export function signIn() {
  const dialog = /** @type {HTMLDialogElement} */ (document.querySelector("[data-signin]"));
  const form = /** @type {HTMLFormElement} */ (dialog.querySelector("form"));
  const wrong = /** @type {HTMLElement} */ (dialog.querySelector("[data-wrong]"));
  if (!dialog.open) dialog.showModal();
  return new Promise((done) => {
    form.onsubmit = async (e) => {
      e.preventDefault();
      try {
        await send("/login", new FormData(form));
        dialog.close();
        form.reset();
        done(undefined);
      } catch (err) {
        wrong.textContent = err instanceof Error ? err.message : "";
        wrong.hidden = false;
      }
    };
  });
}
