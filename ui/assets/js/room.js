// The organiser's page and the wall of a room: the parts that change come anew when the room has changed.
import { load, put } from "./swap.js";

const main = () => /** @type {HTMLElement} */ (document.querySelector("[data-room-live]"));
const parts = () => [...document.querySelectorAll("[data-live-part]")].map((el) => `[data-live-part="${/** @type {HTMLElement} */ (el).dataset.livePart}"]`);

let loading = false;
let again = false;

/** Somebody chooses or writes in a part: it is left alone until they are done. @param {string} part */
const free = (part) => !document.activeElement?.closest(part)?.querySelector("select:focus, textarea:focus, input:focus");

async function refresh() {
  if (loading) {
    again = true;
    return;
  }
  loading = true;
  try {
    const got = await load(location.href);
    if (got?.ok && got.doc.querySelector("[data-room-live]")) put(got, parts().filter(free));
  } catch {
    // the line says when the server is back
  } finally {
    loading = false;
  }
  if (!again) return;
  again = false;
  void refresh();
}

function follow() {
  const line = new EventSource(main().dataset.roomLive ?? "");
  let known = -1;
  line.addEventListener("message", (e) => {
    const { seq } = JSON.parse(e.data);
    if (known >= 0 && seq !== known) void refresh();
    known = seq;
  });
  line.addEventListener("open", () => { if (known >= 0) void refresh(); });
  line.addEventListener("error", () => { if (line.readyState === EventSource.CLOSED) setTimeout(follow, 3000); });
}
follow();
