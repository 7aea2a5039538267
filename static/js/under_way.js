/** How far a long export is, looked up again and again; without this, Look again does it by hand. */

const EVERY = 1500;
const box = () => document.querySelector("[data-under-way]");

/** Put what the page says by now in place of what it said; a page that says it is over is opened. */
async function lookAgain() {
  let answer;
  try {
    answer = await fetch(location.href, { headers: { Accept: "text/html" } });
  } catch {
    return;
  }
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const fresh = page.querySelector("[data-under-way]");
  if (!fresh) {
    location.replace(answer.url);
    return;
  }
  box().replaceChildren(...fresh.children);
}

async function follow() {
  if (!document.hidden) await lookAgain();
  setTimeout(follow, EVERY);
}

document.querySelector("[data-by-hand]").hidden = true;
setTimeout(follow, EVERY);
