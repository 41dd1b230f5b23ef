// Places in a text that is cut into nodes by the marks it carries.

/** The text node and offset at a number of UTF-16 units. @param {Node} root @param {number} at @returns {[Node, number]} */
export function place(root, at) {
  const walk = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  /** @type {Node | null} */
  let last = null;
  for (let n = walk.nextNode(); n; n = walk.nextNode()) {
    last = n;
    const length = n.nodeValue?.length ?? 0;
    if (at <= length) return [n, at];
    at -= length;
  }
  return last ? [last, last.nodeValue?.length ?? 0] : [root, 0];
}

/** The stretch "start-end", counted in code points. @param {Node} root @param {string} span */
export function rangeOf(root, span) {
  const all = [...root.textContent ?? ""];
  const [start, end] = span.split("-").map((n) => all.slice(0, Number(n)).join("").length);
  const range = document.createRange();
  range.setStart(...place(root, start));
  range.setEnd(...place(root, end));
  return range;
}
