// The open line: what changes in the room, from the server to this phone.

/** @typedef {{ id: number, gone?: boolean, own?: boolean, card?: string, said?: string, lang?: string, agrees: number }} Remark */
/** @typedef {{ seq: number, state: string, remarks?: Remark[] }} News */

/**
 * Follows a room from a number on, and comes back by itself where the line breaks.
 * @param {string} url
 * @param {number} since
 * @param {(news: News) => void} hear
 */
export function follow(url, since, hear) {
  let wait = 1000;
  const open = () => {
    const line = new EventSource(url + "?since=" + since);
    line.addEventListener("message", (e) => {
      /** @type {News} */
      const news = JSON.parse(e.data);
      since = news.seq;
      wait = 1000;
      hear(news);
    });
    line.addEventListener("error", () => {
      if (line.readyState !== EventSource.CLOSED) return; // the browser tries by itself
      line.close();
      setTimeout(open, wait + Math.random() * 1000); // not all phones at once
      wait = Math.min(wait * 2, 20000);
    });
  };
  open();
}
