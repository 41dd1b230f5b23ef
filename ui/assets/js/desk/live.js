// What others do, as they do it: their codings appear on the cards that are shown, and who else is here is shown in the bar.
// The browser keeps the line open, and after a break is told what it missed.

/** @typedef {{seq?: number, changes?: {step: number, answers: number[]}[], themes?: boolean, many?: boolean, here?: {id: number, name: string, initials: string, hue: number}[]}} Told */

/**
 * @param {string} project @param {number} me
 * @param {import("./list.js").List} list @param {import("./side.js").Side} side @param {import("./actions.js").Actions} actions
 */
export function live(project, me, list, side, actions) {
  let seq = Number(list.box.dataset.seq ?? 0); // the change that the page was made at
  let line = open();
  addEventListener("pagehide", () => line.close());

  function open() {
    const es = new EventSource(`/p/${project}/live?since=${seq}`);
    es.addEventListener("message", (e) => { told(JSON.parse(e.data)).catch(() => {}); });
    es.addEventListener("error", () => { // the browser tries again by itself, unless the server refused: signed out, say
      if (es.readyState === EventSource.CLOSED) setTimeout(() => { line = open(); }, 5000);
    });
    return es;
  }

  /** @param {Told} told */
  async function told(told) {
    if (told.here) return here(told.here.filter((p) => p.id !== me));
    seq = told.seq ?? seq;
    const ids = new Set((told.changes ?? []).filter((c) => !actions.steps.has(c.step)).flatMap((c) => c.answers.map(String)));
    if (told.many) for (const c of list.cards) ids.add(c.dataset.card ?? "");
    const waiting = new Set(actions.queue.flatMap((j) => j.cards)); // these come back with our own change
    const fresh = [...ids].filter((id) => list.card(id) && !waiting.has(list.card(id)?.dataset.card ?? ""));
    if (fresh.length) await list.reload(fresh).catch(() => {});
    if (ids.size || told.themes) side.refresh(!!told.themes);
  }
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
