// What every page has: messages, menus that close, and the one way in which scripts talk to the server.

document.documentElement.classList.add("scripted");

/**
 * An answer of the server that is not a success.
 */
export class Refused extends Error {
  /** @param {number} status @param {string} message @param {string} kind */
  constructor(status, message, kind) {
    super(message);
    this.status = status;
    this.kind = kind;
  }
}

/**
 * Sends a form, or reads when body is absent, and gives the answer. Throws Refused, or TypeError when there is no connection.
 * @param {string} url
 * @param {Record<string, string> | FormData | null} [body]
 * @param {Record<string, string>} [headers]
 * @returns {Promise<Response>}
 */
export async function send(url, body = null, headers = {}) {
  /** @type {RequestInit} */
  const init = { headers: { "X-Fragment": "1", ...headers } };
  if (body) {
    init.method = "POST";
    init.body = body instanceof FormData ? body : new URLSearchParams(body);
  }
  const res = await fetch(url, init);
  if (res.ok) return res;
  let message = res.statusText;
  let kind = "";
  try {
    const said = await res.json();
    message = said.message;
    kind = said.error;
  } catch {
    // not ours: a proxy's page, say
  }
  throw new Refused(res.status, message, kind);
}

const box = /** @type {HTMLElement | null} */ (document.querySelector("[data-toast]"));
let timer = 0;

/**
 * Says something at the foot of the page, for eyes and for screen readers.
 * @param {string} text
 * @param {{label: string, run: () => void}} [action]
 */
export function toast(text, action) {
  if (!box) return;
  box.textContent = text;
  if (action) {
    const b = document.createElement("button");
    b.type = "button";
    b.textContent = action.label;
    b.addEventListener("click", () => { box.hidden = true; action.run(); });
    box.append(b);
  }
  box.hidden = false;
  clearTimeout(timer);
  timer = window.setTimeout(() => { box.hidden = true; }, action ? 8000 : 4000);
}

/**
 * Says something to screen readers at once, for what went wrong.
 * @param {string} text
 */
export function alarm(text) {
  toast(text);
  const el = document.querySelector("[data-alert]");
  if (el) el.textContent = text;
}

if (box && !box.hidden) timer = window.setTimeout(() => { box.hidden = true; }, 6000);

/**
 * Tells whether the event comes from a place where people write.
 * @param {Event} e
 */
export function writing(e) {
  const t = /** @type {HTMLElement} */ (e.target);
  return t.isContentEditable || t.matches("textarea, select, input:not([type=checkbox], [type=radio], [type=button])") || !!t.closest("dialog");
}

for (const menu of document.querySelectorAll("[data-menu]")) {
  const details = /** @type {HTMLDetailsElement} */ (menu);
  document.addEventListener("click", (e) => { if (!details.contains(/** @type {Node} */ (e.target))) details.open = false; });
  details.addEventListener("keydown", (e) => {
    if (e.key !== "Escape" || !details.open) return;
    details.open = false;
    details.querySelector("summary")?.focus();
  });
}

const search = /** @type {HTMLElement | null} */ (document.querySelector("[data-search]"));
document.addEventListener("keydown", (e) => {
  if (!search || e.defaultPrevented || e.ctrlKey || e.metaKey || e.altKey || writing(e)) return;
  if (search.dataset.search && e.key === search.dataset.search || "slash" in search.dataset && e.key === "/") {
    e.preventDefault();
    const field = search.querySelector("input");
    field?.focus();
    field?.select();
  }
});
