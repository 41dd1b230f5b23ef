// What others do, as they do it: their codings appear on the cards that are shown, and who else is here is shown in the bar.
// The browser keeps the line open, and after a break is told what it missed.

/** @typedef {{seq?: number, changes?: {by: number, answers: number[]}[], themes?: boolean, many?: boolean, here?: {id: number, name: string, initials: string, hue: number}[]}} Told */

/**
 * @param {string} project @param {number} me
 * @param {import("./list.js").List} list @param {import("./side.js").Side} side @param {import("./actions.js").Actions} actions
 */
export function live(project, me, list, side, actions) {
  const line = new EventSource(`/p/${project}/live`);
  line.addEventListener("message", async (e) => {
    /** @type {Told} */
    const told = JSON.parse(e.data);
    if (told.here) return here(told.here.filter((p) => p.id !== me));
    const ids = new Set((told.changes ?? []).filter((c) => c.by !== me).flatMap((c) => c.answers.map(String)));
    if (told.many) for (const c of list.cards) ids.add(c.dataset.card ?? "");
    const waiting = new Set(actions.queue.flatMap((j) => j.cards)); // these come back with our own change
    const fresh = [...ids].filter((id) => list.card(id) && !waiting.has(list.card(id)?.dataset.card ?? ""));
    if (fresh.length) await list.reload(fresh).catch(() => {});
    if (ids.size || told.themes) side.refresh(!!told.themes);
  });
  addEventListener("pagehide", () => line.close());
  line.addEventListener("error", () => { // the browser tries again by itself, unless the server refused: signed out, say
    if (line.readyState === EventSource.CLOSED) setTimeout(() => live(project, me, list, side, actions), 15000);
  });
}

/** @param {NonNullable<Told["here"]>} people */
function here(people) {
  const box = document.querySelector("[data-here]");
  if (!box) return;
  box.replaceChildren(...people.map((p) => {
    const dot = document.createElement("span");
    dot.className = "dot";
    dot.dataset.hue = String(p.hue);
    dot.textContent = p.initials;
    dot.title = p.name;
    dot.setAttribute("role", "img");
    dot.setAttribute("aria-label", p.name);
    return dot;
  }));
}
