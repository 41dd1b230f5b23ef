// @ts-check
// Follows an import: asks how far it is, and shows the page anew at its end.

/** @param {HTMLElement} box */
async function follow(box) {
  const bar = /** @type {HTMLProgressElement} */ (box.querySelector("progress"));
  const says = /** @type {HTMLElement} */ (box.querySelector("[data-says]"));
  let last = "";
  let told = 0;
  for (let wait = 300; ; wait = Math.min(wait * 1.3, 1500)) {
    await new Promise(done => setTimeout(done, wait));
    try {
      const answer = await fetch(box.dataset.follow ?? "", { headers: { "X-Fragment": "1" } });
      if (!answer.ok || answer.redirected) return location.reload();
      const state = await answer.json();
      bar.value = state.rows;
      // A screen reader hears of it now and then, not at every step.
      if (state.text !== last && (Date.now() - told > 2500 || state.rows >= state.total)) {
        says.textContent = last = state.text;
        told = Date.now();
      }
      if (state.ended) return location.reload();
    } catch { /* the server may be busy or the network away for a moment: ask again */ }
  }
}

for (const box of document.querySelectorAll("[data-follow]")) if (box instanceof HTMLElement) follow(box);
