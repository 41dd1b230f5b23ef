// The chart as a PNG, drawn from its SVG file at print size.
import { alarm } from "./common.js";
import "./swap.js";

function show() {
  for (const b of document.querySelectorAll("[data-png]")) /** @type {HTMLElement} */ (b).hidden = false;
}
show();
document.addEventListener("swapped", show);

/** @param {string} svg */
async function png(svg) {
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`;
  await image.decode();
  const canvas = document.createElement("canvas");
  const scale = 2600 / image.naturalWidth;
  canvas.width = 2600;
  canvas.height = Math.round(image.naturalHeight * scale);
  canvas.getContext("2d")?.drawImage(image, 0, 0, canvas.width, canvas.height);
  return canvas.toDataURL("image/png");
}

document.addEventListener("click", async (e) => {
  const b = /** @type {HTMLElement} */ (e.target).closest("[data-png]");
  if (!b) return;
  try {
    const res = await fetch(b.getAttribute("data-png") ?? "");
    if (!res.ok) throw new Error(res.statusText);
    const a = document.createElement("a");
    a.href = await png(await res.text());
    const name = /filename\*=UTF-8''([^;]+)/.exec(res.headers.get("Content-Disposition") ?? "")?.[1] ?? "chart.svg";
    a.download = decodeURIComponent(name).replace(/\.svg$/, ".png");
    a.click();
  } catch (err) {
    alarm(String(err));
  }
});
