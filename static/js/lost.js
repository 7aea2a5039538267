/** Say when the browser has thrown away what waited here: a cookie outlives what the browser keeps. */
import { part, put } from "./marked.js";
import { saysWhen } from "./moments.js";

/** What was waiting, {count, oldest}, by a cookie that another store than this one wrote; else null. */
export function lostBy(cookies, mark) {
  const [, count, other, oldest] = cookies.match(/(?:^|; )waiting=(\d+)\.(\w+)\.([\w:-]*)/) ?? [];
  return Number(count) && other !== mark ? { count: Number(count), oldest } : null;
}

/** How much, in words; the page says the rest without blame. */
export function lostWords({ count, oldest }, now) {
  return `${count} not sent yet` + (oldest ? `, the oldest from ${saysWhen(oldest, now)}` : "");
}

/** Returns `note(unsent)`, which keeps the cookie true from now on. */
export async function watchLoss(store) {
  const mark = await store.offer("settings", crypto.randomUUID().slice(0, 8), "mark");
  let lost = lostBy(document.cookie, mark);
  let last = { count: 0 };
  const note = async (unsent) => {
    last = unsent;
    // Thrown away while this page is open: what it reads now is not what was sent.
    if (await store.get("settings", "mark") !== mark) return;
    if (!lost) document.cookie = `waiting=${last.count}.${mark}.${last.oldest ?? ""}; path=/; max-age=31536000; samesite=strict`;
  };
  if (lost) {
    const box = part("lost");
    put(box, lostWords(lost, Date.now()));
    box.querySelector("button").onclick = () => {
      lost = null;
      put(box, false);
      note(last);
    };
  }
  return note;
}
