// The queue of what a participant has done: kept by the browser until the server has said that it is done. Every act has a key,
// by which the server does it once however often it arrives. Several tabs of one phone share the queue.

/** @typedef {{ key: string, fields: Record<string, string> }} Act */
/** @typedef {{ again?: boolean, remark?: number, state?: string, message?: string }} Got */
/** @typedef {"" | "sending" | "offline" | "paused"} How */
/**
 * @typedef {object} Heard
 * @property {(act: Act, got: Got) => void} done
 * @property {(act: Act, message: string) => void} refused
 * @property {(waiting: number, how: How) => void} net
 * @property {(lost: number) => void} closed
 */

export class Queue {
  /** @param {string} name @param {string} url @param {Heard} heard */
  constructor(name, url, heard) {
    this.name = name;
    this.url = url;
    this.heard = heard;
    /** @type {Act[]} where the browser keeps nothing, this page does */
    this.spare = [];
    this.busy = false;
    this.pause = 0;
    this.timer = 0;
  }

  /** @returns {Act[]} */
  list() {
    try {
      return JSON.parse(localStorage.getItem(this.name) ?? "[]").concat(this.spare);
    } catch {
      return this.spare;
    }
  }

  /** @param {Act[]} acts */
  keep(acts) {
    try {
      localStorage.setItem(this.name, JSON.stringify(acts));
      this.spare = [];
    } catch {
      this.spare = acts;
    }
  }

  /** @param {Record<string, string>} fields @returns {Act} */
  add(fields) {
    const random = crypto.getRandomValues(new Uint8Array(15)); // randomUUID is for HTTPS only
    const act = { key: btoa(String.fromCharCode(...random)).replaceAll("+", "-").replaceAll("/", "_"), fields };
    this.keep([...this.list(), act]);
    return act;
  }

  /** @param {Act} act */
  drop(act) { this.keep(this.list().filter((a) => a.key !== act.key)); }

  /** Sends what waits, in order, until nothing does or the network is gone. */
  async flush() {
    if (this.busy) return;
    this.busy = true;
    clearTimeout(this.timer);
    /** @type {How} */
    let how = "";
    try {
      for (let act = this.list()[0]; act; act = this.list()[0]) {
        this.heard.net(this.list().length, "sending");
        how = await this.send(act);
        if (how) break;
        this.pause = 0;
      }
    } finally {
      this.busy = false;
    }
    this.heard.net(this.list().length, how);
    if (how !== "offline") return;
    this.pause = Math.min(this.pause * 2 || 1000, 15000);
    this.timer = window.setTimeout(() => { void this.flush(); }, this.pause + Math.random() * 500);
  }

  /** @param {Act} act @returns {Promise<How>} */
  async send(act) {
    let res;
    let said;
    try {
      res = await fetch(this.url, { method: "POST", headers: { "X-Fragment": "1" }, body: new URLSearchParams({ ...act.fields, key: act.key }),
        keepalive: true, signal: AbortSignal.timeout?.(15000) });
      said = await res.json(); // a network's own page, that asks to sign in, is not ours
    } catch {
      return "offline";
    }
    if (res.ok) {
      this.drop(act);
      this.heard.done(act, said);
    } else if (res.status === 410) {
      const lost = this.list().length;
      this.keep([]);
      this.heard.closed(lost);
    } else if (res.status === 409) {
      return "paused"; // the open line tells when it goes on
    } else if (res.status === 429 || res.status >= 500) {
      return "offline";
    } else {
      this.drop(act);
      this.heard.refused(act, said.message);
    }
    return "";
  }
}
