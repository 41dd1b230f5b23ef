// @ts-check
// Sends files as soon as they are chosen or dropped, and says how far it is. Without this the form's own button does it.

/** @param {HTMLFormElement} form */
function upload(form) {
  const input = /** @type {HTMLInputElement} */ (form.querySelector('input[type="file"]'));
  const box = /** @type {HTMLElement} */ (form.querySelector("[data-progress]"));
  const bar = /** @type {HTMLProgressElement} */ (box.querySelector("progress"));
  const says = /** @type {HTMLElement} */ (form.querySelector("[data-says]"));
  const fault = /** @type {HTMLElement} */ (form.querySelector("[data-fault]"));
  const button = /** @type {HTMLElement} */ (form.querySelector("[data-send]"));
  const hint = form.querySelector("[data-drop-hint]");
  if (hint instanceof HTMLElement) hint.hidden = false;
  button.hidden = true;
  /** @type {XMLHttpRequest | null} */
  let running = null;

  /** @param {string} text */
  const fail = text => {
    running = null;
    box.hidden = true;
    input.disabled = false;
    input.value = "";
    fault.textContent = text;
    fault.hidden = false;
    input.focus();
  };

  /** @param {File[]} list */
  const send = list => {
    if (running || !list.length) return;
    if (list.length > Number(form.dataset.most)) return fail(form.dataset.many ?? "");
    if (list.some(file => file.size > Number(form.dataset.max))) return fail(form.dataset.tooLarge ?? "");
    const body = new FormData();
    for (const file of list) body.append("file", file, file.name);
    const xhr = running = new XMLHttpRequest();
    fault.hidden = true;
    box.hidden = false;
    input.disabled = true;
    bar.value = 0;
    says.textContent = `${form.dataset.sending} ${list.map(file => file.name).join(", ")}`;
    xhr.upload.addEventListener("progress", e => { if (e.lengthComputable) bar.value = e.loaded / e.total; });
    xhr.upload.addEventListener("load", () => {
      bar.removeAttribute("value");
      says.textContent = form.dataset.reading ?? "";
    });
    xhr.addEventListener("load", () => {
      /** @type {{location?: string, message?: string}} */
      let answer = {};
      try { answer = JSON.parse(xhr.responseText); } catch { /* said below */ }
      if (xhr.status === 200 && answer.location) location.assign(answer.location);
      else if (xhr.status === 401) location.reload();
      else fail(answer.message ?? form.dataset.broken ?? "");
    });
    xhr.addEventListener("error", () => fail(form.dataset.broken ?? ""));
    xhr.open("POST", form.action);
    xhr.setRequestHeader("X-Fragment", "1");
    xhr.send(body);
  };

  input.addEventListener("change", () => send([...input.files ?? []]));
  form.addEventListener("submit", e => {
    e.preventDefault();
    send([...input.files ?? []]);
  });

  // A file may be dropped anywhere on the page; the browser would otherwise leave the page and show it.
  let depth = 0;
  /** @param {DragEvent} e */
  const carries = e => e.dataTransfer?.types.includes("Files") ?? false;
  document.addEventListener("dragenter", e => { if (carries(e)) { depth++; form.toggleAttribute("data-over", true); } });
  document.addEventListener("dragleave", e => { if (carries(e) && --depth <= 0) { depth = 0; form.toggleAttribute("data-over", false); } });
  document.addEventListener("dragover", e => { if (carries(e)) e.preventDefault(); });
  document.addEventListener("drop", e => {
    if (!carries(e)) return;
    e.preventDefault();
    depth = 0;
    form.toggleAttribute("data-over", false);
    send([...e.dataTransfer?.files ?? []]);
  });
}

// Coming back with the browser's arrow finds the form as it was left.
addEventListener("pageshow", e => { if (e.persisted) location.reload(); });
for (const form of document.querySelectorAll("[data-upload]")) if (form instanceof HTMLFormElement) upload(form);
