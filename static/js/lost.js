/** Say when the browser has thrown away what waited here: a cookie outlives what the browser keeps. */
import { part, put } from "./marked.js";
import { saysWhen } from "./moments.js";

/** Returns `note(unsent)`, which keeps the cookie true from now on. */
export async function watchLoss(store) {
  const mark = await store.offer("settings", crypto.randomUUID().slice(0, 8), "mark");
  const [, count, other, oldest] = document.cookie.match(/waiting=([1-9]\d*)\.(\w+)\.([\w:-]+)/) ?? [];
  // What waited by a cookie that another store than this one wrote.
  let lost = count && other !== mark;
  let last;
  const note = async (unsent) => {
    last = unsent;
    // Thrown away while this page is open: what it reads now is not what was sent.
    if (lost || await store.get("settings", "mark") !== mark) return;
    document.cookie = `waiting=${last.count}.${mark}.${last.oldest}; path=/; max-age=31536000; samesite=strict`;
  };
  if (lost) {
    const box = part("lost");
    put(box, `${count} not sent yet, the oldest from ${saysWhen(oldest, Date.now())}`);
    box.querySelector("button").onclick = () => {
      lost = false;
      put(box, false);
      note(last);
    };
  }
  return note;
}
