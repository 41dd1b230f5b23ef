// A participant's phone. Forms become acts that wait in a queue of the browser until the server has said that it has them, so
// that a lost network loses nothing. Without this module they are plain forms.
import { Queue } from "./join/queue.js";
import { Screen } from "./join/screen.js";
import { follow } from "./join/news.js";

const at = /** @type {HTMLElement} */ (document.querySelector("[data-code]"));
document.documentElement.classList.add("scripted");
const screen = new Screen();
const queue = new Queue("room-" + at.dataset.code, at.dataset.post ?? "", {
  done(act, got) {
    screen.settle(act, got);
    if (got.message) screen.say(got.message);
  },
  refused(act, message) {
    screen.revert(act);
    screen.say(message);
  },
  net(waiting, how) { screen.net(waiting, how); },
  closed(lost) {
    screen.state("closed");
    if (lost) screen.say(screen.words("lost", String(lost)));
  },
});

// What was done before the page was loaded anew, and has not arrived yet, shows again.
for (const act of queue.list()) screen.show(act);
void queue.flush();

/** @param {HTMLFormElement} form @param {HTMLElement | null} by */
function act(form, by) {
  /** @type {Record<string, string>} */
  const fields = {};
  for (const [name, value] of new FormData(form, by)) if (name !== "key" && name !== "at") fields[name] = String(value);
  if (fields.do === "comment" || fields.do === "theme") {
    if (!fields.text.trim()) return;
    form.reset();
    form.querySelector("textarea")?.closest("details")?.removeAttribute("open");
  }
  if (fields.do.startsWith("vote:") && !screen.hasLeft(fields.do.slice(5))) {
    screen.say(screen.words("used", ""));
    return;
  }
  screen.show(queue.add(fields));
  void queue.flush();
}

document.addEventListener("submit", (e) => {
  const form = /** @type {HTMLFormElement} */ (e.target);
  if (!form.matches("[data-act]")) return;
  e.preventDefault();
  act(form, e.submitter);
});
document.addEventListener("change", (e) => {
  const form = /** @type {HTMLElement} */ (e.target).closest("form.groupform");
  if (form instanceof HTMLFormElement) act(form, null);
});
addEventListener("online", () => { void queue.flush(); });
document.addEventListener("visibilitychange", () => { if (!document.hidden) void queue.flush(); });

follow(at.dataset.live ?? "", Number(at.dataset.seq), (news) => {
  screen.state(news.state);
  for (const remark of news.remarks ?? []) screen.hear(remark);
  void queue.flush(); // the line is open, so the network is there
});
