// Links and forms with data-swap load their page in the background and put its main part in place of the present one:
// focus, scroll and whatever else is on the screen stay. Without this module they are plain links and forms.
import { alarm, toast } from "./common.js";

/** @typedef {{ doc: Document, url: string, ok: boolean }} Loaded */

const live = document.createElement("div");
live.className = "vh";
live.setAttribute("aria-live", "polite");
document.body.append(live);

/** @type {AbortController | null} */
let pending = null;

/** @type {(() => boolean)[]} */
const guards = [];

/**
 * Lets a module refuse that the page is left: the guard tells whether it may be.
 * @param {() => boolean} guard
 */
export function guard(guard) { guards.push(guard); }

/**
 * Loads a page; null when a newer load took its place.
 * @param {string} url
 * @param {FormData} [body]
 * @returns {Promise<Loaded | null>}
 */
export async function load(url, body) {
  if (!body) pending?.abort();
  const mine = new AbortController();
  if (!body) pending = mine;
  try {
    const res = await fetch(url, body ? { method: "POST", body: new URLSearchParams(/** @type {any} */ (body)) } : { signal: mine.signal });
    const doc = new DOMParser().parseFromString(await res.text(), "text/html");
    const hash = new URL(url, location.href).hash;
    return { doc, url: res.url + (res.url.includes("#") ? "" : hash), ok: res.ok };
  } catch (e) {
    if (e instanceof DOMException && e.name === "AbortError") return null;
    throw e;
  }
}

/** Tells a page that does not fit this frame, such as the one to sign in on. @param {Loaded} got */
function foreign(got) { return got.doc.body.dataset.project !== document.body.dataset.project; }

/**
 * Puts parts of a loaded page in place of the same parts of this one. Keeps focus by id or name.
 * @param {Loaded} got
 * @param {string[]} parts selectors
 */
export function put(got, parts = ["main"]) {
  const at = /** @type {HTMLElement | null} */ (document.activeElement);
  const inside = at && at !== document.body && parts.some((p) => at.closest(p));
  const scrolled = new Map([...document.querySelectorAll("[data-scroll]")].map((el) => [el.getAttribute("data-scroll"), el.scrollTop]));
  const opened = new Set([...document.querySelectorAll("details[data-keep][open]")].map((el) => el.getAttribute("data-keep")));
  for (const part of parts) {
    const old = document.querySelector(part);
    const now = got.doc.querySelector(part);
    if (old && now) old.replaceWith(document.adoptNode(now));
  }
  document.title = got.doc.title;
  for (const el of document.querySelectorAll("[data-scroll]")) el.scrollTop = scrolled.get(el.getAttribute("data-scroll")) ?? 0;
  for (const el of document.querySelectorAll("details[data-keep]")) /** @type {HTMLDetailsElement} */ (el).open ||= opened.has(el.getAttribute("data-keep"));
  if (inside && !document.contains(at)) refocus(at);
  const problems = /** @type {HTMLElement | null} */ (document.querySelector("main .problems"));
  if (problems && !got.ok) problems.focus();
  const said = /** @type {HTMLElement | null} */ (got.doc.querySelector("[data-toast]"));
  if (said && !said.hidden) toast(said.textContent ?? "");
  live.textContent = document.querySelector("[data-say]")?.textContent ?? "";
  document.dispatchEvent(new CustomEvent("swapped"));
}

/** @param {HTMLElement} at what had the focus before */
function refocus(at) {
  const name = at.getAttribute("name");
  /** @type {Element | null | undefined} */
  let again = (at.id && document.getElementById(at.id)) || (name && document.querySelector(`main [name="${CSS.escape(name)}"]`)) ||
    document.querySelector("main [autofocus]");
  // A button that can do no more passes the focus to the one beside it.
  if (again?.matches(":disabled")) again = again.closest("[data-buttons]")?.querySelector("button:not(:disabled)");
  again ??= document.querySelector("main h1");
  if (!(again instanceof HTMLElement)) return;
  if (again.matches("h1")) again.tabIndex = -1;
  again.focus({ preventScroll: !again.hasAttribute("autofocus") });
}

/**
 * Goes to a page, or sends a form and goes where it leads.
 * @param {string} url
 * @param {FormData} [body]
 * @param {boolean} [keep] leaves the address as it is
 */
export async function go(url, body, keep = false) {
  let got;
  document.documentElement.classList.add("loading");
  try {
    got = await load(url, body);
  } catch {
    if (!body) location.assign(url); // the browser says what is wrong with the connection
    else alarm(document.querySelector("[data-offline]")?.getAttribute("data-offline") ?? "⚠");
    return;
  } finally {
    document.documentElement.classList.remove("loading");
  }
  if (!got) return;
  if (foreign(got)) {
    if (!body) location.assign(got.url);
    else alarm(got.doc.querySelector("main .say")?.textContent ?? got.doc.title);
    return;
  }
  put(got);
  if (!keep && got.ok) {
    const push = !body && new URL(got.url).pathname + new URL(got.url).search !== location.pathname + location.search;
    history[push ? "pushState" : "replaceState"](null, "", got.url);
  }
  const target = new URL(got.url, location.href).hash.slice(1);
  const at = target && !body ? document.getElementById(target) : null;
  at?.scrollIntoView({ block: "nearest" });
  if (at?.tabIndex === -1 && at.hasAttribute("tabindex")) at.focus({ preventScroll: true });
}

document.addEventListener("click", (e) => {
  const a = /** @type {HTMLElement} */ (e.target).closest("a[data-swap]");
  if (!(a instanceof HTMLAnchorElement) || e.defaultPrevented || e.button || e.ctrlKey || e.metaKey || e.shiftKey || e.altKey) return;
  if (a.pathname === location.pathname && a.search === location.search && a.hash) return;
  e.preventDefault();
  if (guards.every((may) => may())) void go(a.href);
});

/** @param {HTMLFormElement} form @param {HTMLElement | null} by */
function submit(form, by) {
  const data = new FormData(form, by);
  if (form.method === "post") return go(form.action, data);
  for (const [name, value] of [...data]) if (value === "") data.delete(name);
  const to = new URL(form.action);
  to.search = String(new URLSearchParams(/** @type {any} */ (data)));
  return go(to.href);
}

document.addEventListener("submit", (e) => {
  const form = /** @type {HTMLFormElement} */ (e.target);
  if (!form.matches("[data-swap]") || e.defaultPrevented) return;
  e.preventDefault();
  if (!form.matches("[data-themeform]") && !guards.every((may) => may())) return;
  void submit(form, e.submitter);
});

document.addEventListener("change", (e) => {
  const form = /** @type {HTMLElement} */ (e.target).closest("form[data-auto]");
  if (form instanceof HTMLFormElement && form.checkValidity()) void submit(form, null);
});

addEventListener("popstate", () => { void go(location.href, undefined, true); });

// A menu of downloads closes when something else is touched.
document.addEventListener("click", (e) => {
  for (const d of document.querySelectorAll("details[data-drop][open]")) if (!d.contains(/** @type {Node} */ (e.target))) /** @type {HTMLDetailsElement} */ (d).open = false;
});
document.addEventListener("keydown", (e) => {
  const d = e.key === "Escape" && /** @type {HTMLElement} */ (e.target).closest("details[data-drop][open]");
  if (d instanceof HTMLDetailsElement) { d.open = false; d.querySelector("summary")?.focus(); }
});
