// Signing in again without leaving the page, when the sign-in ended in the middle of work.
import { Refused, send } from "../common.js";

/** The question that is being asked, so that it is asked once. @type {Promise<void> | null} */
let asking = null;

/**
 * Does something that needs a sign-in, and when that has ended asks for it and does it again.
 * @template T @param {() => Promise<T>} what @returns {Promise<T>}
 */
export async function signedIn(what) {
  for (;;) {
    try {
      return await what();
    } catch (e) {
      if (!(e instanceof Refused) || e.status !== 401) throw e;
      await (asking ??= ask().finally(() => { asking = null; }));
    }
  }
}

/** Asks for name and password until they are right. @returns {Promise<void>} */
function ask() {
  const dialog = /** @type {HTMLDialogElement} */ (document.querySelector("[data-signin]"));
  const form = /** @type {HTMLFormElement} */ (dialog.querySelector("form"));
  const wrong = /** @type {HTMLElement} */ (dialog.querySelector("[data-wrong]"));
  const before = /** @type {HTMLElement | null} */ (document.activeElement);
  dialog.oncancel = (e) => e.preventDefault(); // without it nothing more can be saved
  if (!dialog.open) dialog.showModal();
  return new Promise((done) => {
    form.onsubmit = async (e) => {
      e.preventDefault();
      try {
        await send("/login", new FormData(form));
        wrong.hidden = true;
        dialog.close();
        form.reset();
        before?.focus({ preventScroll: true });
        done();
      } catch (err) {
        wrong.textContent = err instanceof Error ? err.message : "";
        wrong.hidden = false;
      }
    };
  });
}
