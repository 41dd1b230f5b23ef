// Slides on the whole screen, one at a time, by keyboard, buttons or a touch; a clock; the speaker's notes beside the slide or in a
// window of their own that goes along. Without this module the slides stand below each other.

const stage = document.body;
const slides = /** @type {HTMLElement[]} */ ([...document.querySelectorAll("[data-slide]")]);
const channel = "BroadcastChannel" in window ? new BroadcastChannel(stage.dataset.stage ?? "") : null;
const where = /** @type {HTMLElement} */ (document.querySelector("[data-at]"));
let at = 0;

stage.classList.add("live");
/** @type {HTMLElement} */ (document.querySelector("main")).tabIndex = 0; // a slide that is higher than the screen is scrolled
for (const el of document.querySelectorAll(".needs-js")) /** @type {HTMLElement} */ (el).hidden = false;

/** Goes to a slide. @param {number} to @param {boolean} [tell] other windows */
function show(to, tell = true) {
  at = Math.min(Math.max(to, 0), slides.length - 1);
  slides.forEach((s, i) => {
    s.hidden = i !== at && !(stage.hasAttribute("data-notes") && i === at + 1);
    s.classList.toggle("next", i === at + 1);
    s.inert = i !== at;
  });
  where.textContent = `${at + 1} / ${slides.length}`;
  history.replaceState(null, "", `#s${at + 1}`);
  stage.classList.remove("dark");
  if (tell) channel?.postMessage({ at });
}

channel?.addEventListener("message", (e) => {
  if (typeof e.data.at === "number") show(e.data.at, false);
  if (e.data.ask) channel.postMessage({ at });
  if (typeof e.data.dark === "boolean") stage.classList.toggle("dark", e.data.dark);
});

function dark() {
  const now = stage.classList.toggle("dark");
  channel?.postMessage({ dark: now });
}

// The clock: how long it has run, of how long the workshop is.
const timer = /** @type {HTMLElement} */ (document.querySelector("[data-timer]"));
const clock = /** @type {HTMLElement} */ (document.querySelector("[data-clock]"));
let ran = 0;
let since = 0;

function tick() {
  const s = Math.floor((ran + (since ? Date.now() - since : 0)) / 1000);
  const whole = Number(timer.dataset.minutes);
  clock.textContent = `${Math.floor(s / 60)}:${String(s % 60).padStart(2, "0")}` + (whole ? ` / ${whole} min` : "");
  timer.classList.toggle("late", whole > 0 && s > whole * 60);
}

function toggle() {
  if (since) {
    ran += Date.now() - since;
    since = 0;
  } else since = Date.now();
  timer.setAttribute("aria-pressed", String(Boolean(since)));
  tick();
}
setInterval(tick, 1000);
tick();
timer.addEventListener("click", toggle);

function reset() {
  ran = 0;
  since = since ? Date.now() : 0;
  tick();
}

const notes = /** @type {HTMLElement} */ (document.querySelector("[data-notes-toggle]"));
function speaker() {
  const on = stage.toggleAttribute("data-notes");
  stage.classList.toggle("speaker", on);
  notes.setAttribute("aria-pressed", String(on));
  show(at, false);
}
notes.addEventListener("click", speaker);

function full() {
  if (document.fullscreenElement) void document.exitFullscreen();
  else void document.documentElement.requestFullscreen?.().catch(() => {});
}
document.querySelector("[data-full]")?.addEventListener("click", full);

for (const b of document.querySelectorAll("[data-go]")) b.addEventListener("click", () => show(at + Number(b.getAttribute("data-go"))));

/** @type {Record<string, () => void>} */
const keys = {
  ArrowRight: () => show(at + 1), ArrowDown: () => show(at + 1), PageDown: () => show(at + 1), " ": () => show(at + 1), Enter: () => show(at + 1),
  ArrowLeft: () => show(at - 1), ArrowUp: () => show(at - 1), PageUp: () => show(at - 1), Backspace: () => show(at - 1),
  Home: () => show(0), End: () => show(slides.length - 1),
  n: speaker, f: full, t: toggle, r: reset, b: dark, ".": dark,
};

document.addEventListener("keydown", (e) => {
  if (e.ctrlKey || e.metaKey || e.altKey) return;
  const on = /** @type {HTMLElement} */ (e.target);
  if ((e.key === " " || e.key === "Enter") && on.closest("button, a, summary")) return;
  const act = keys[e.key.length === 1 ? e.key.toLowerCase() : e.key];
  if (!act) return;
  e.preventDefault();
  act();
});

document.addEventListener("click", (e) => {
  const on = /** @type {HTMLElement} */ (e.target);
  if (on.closest(".face") && !on.closest("a, button") && !String(getSelection())) show(at + (e.clientX < innerWidth / 4 ? -1 : 1));
});

/** The slide that the address names. */
function named() { return Number(/^#s(\d+)$/.exec(location.hash)?.[1] ?? 1) - 1; }

show(named(), false);
addEventListener("hashchange", () => show(named()));
if (stage.hasAttribute("data-notes")) channel?.postMessage({ ask: true });
