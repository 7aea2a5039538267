/** Say when the browser has thrown away what waited here: a cookie outlives what the browser keeps. */
import { newId } from "./ids.js";
import { saysWhen } from "./moments.js";

/** What was waiting, {count, oldest}, by a cookie that another store than this one wrote; else null. */
export function lostBy(cookies, mark) {
  const [, count, other, oldest] = cookies.match(/(?:^|; )waiting=(\d+)\.(\w+)\.([\w:-]*)/) ?? [];
  return Number(count) && other !== mark ? { count: Number(count), oldest } : null;
}

/** In words, without blame. */
export function lostWords({ count, oldest }, now) {
  const since = oldest ? `, the oldest from ${saysWhen(oldest, now)}` : "";
  return `This browser has thrown away what fieldlog kept on this phone: ${count} not sent yet${since}. Look at My entries, and log again what is missing. From the home screen this happens less.`;
}

/** Returns `note(unsent)`, which keeps the cookie true from now on. */
export async function watchLoss(root, store) {
  const mark = await store.offer("settings", newId().slice(0, 8), "mark");
  let lost = lostBy(document.cookie, mark);
  let last = { count: 0 };
  const note = async (unsent) => {
    last = unsent;
    // Thrown away while this page is open: what it reads now is not what was sent.
    if (await store.get("settings", "mark") !== mark) return;
    if (!lost) document.cookie = `waiting=${last.count}.${mark}.${last.oldest ?? ""}; path=/; max-age=31536000; samesite=strict`;
  };
  if (lost) {
    const box = Object.assign(document.createElement("div"), { className: "notice notice--error", role: "alert" });
    const words = Object.assign(document.createElement("p"), { className: "notice__text", textContent: lostWords(lost, Date.now()) });
    const seen = Object.assign(document.createElement("button"), { className: "link-button", textContent: "I have seen this" });
    seen.addEventListener("click", () => {
      lost = null;
      box.remove();
      note(last);
    });
    box.append(words, seen);
    root.querySelector("main").prepend(box);
  }
  return note;
}
