/** The live page of a night: renewed in place while somebody looks at it. Only that page loads this. */
import { Idiomorph } from "../vendor/idiomorph-0.8.0/idiomorph.js";
import { ask } from "./connection.js";
import { numbered, worded } from "./marked.js";
import { saysTime } from "./moments.js";
import { keepTrying } from "./pauses.js";

const PATIENCE = 10_000;
/** Milliseconds between two times that a screen reader is told what is new. */
const QUIET = 15_000;
const STATES = { ours: "live", unchanged: "live", "signed-out": "out", refused: "refused" };
/** What the person has set, not the server. */
const callbacks = { beforeAttributeUpdated: (name) => name !== "open" };

const root = document.querySelector("[data-watched]");
const [words, said] = ["words", "said"].map((name) => document.querySelector(`[data-live-${name}]`));
const { from, every, ...first } = JSON.parse(root.dataset.watched);
let { version } = first;
let [told, latest] = [first, first];
let [contact, toldAt, failures] = [Date.now(), 0, 0];
let state, timer;

/** What has the focus, or comes first in the window: in the column that is pointed at, where there are two. */
function held() {
  if (root.contains(document.activeElement)) return document.activeElement;
  const column = root.querySelector("section:hover") ?? root;
  return scrollY && [...column.querySelectorAll("li, tr")].find((one) => one.getBoundingClientRect().top >= 0);
}

function show(html) {
  const anchor = held();
  const before = anchor && anchor.getBoundingClientRect().top;
  Idiomorph.morph(root, html, { morphStyle: "innerHTML", callbacks });
  if (anchor?.isConnected) scrollBy({ top: anchor.getBoundingClientRect().top - before, behavior: "instant" });
}

/** Say how the page stands; a screen reader hears of every change. */
function stand(now) {
  if (now === state) return;
  const text = worded(words, now, saysTime(contact));
  words.textContent = text;
  if (state) said.textContent = now === "live" ? words.dataset.back : text;
  words.parentElement.dataset.state = state = now;
}

/** Tell a screen reader what has come since it was told last. */
function tell() {
  if (contact - toldAt < QUIET) return;
  const number = latest.received - told.received;
  const news = [
    number === 1 ? latest.latest : number > 1 && numbered(said, number),
    latest.overdue > told.overdue && worded(said, "overdue", latest.overdue),
  ].filter(Boolean).join(" ");
  told = latest;
  if (news) [said.textContent, toldAt] = [news, contact];
}

/** Ask once what is new; a tab that nobody sees asks nothing. One failure is no news: the second is. */
async function look() {
  clearTimeout(timer);
  if (document.hidden) return { done: true };
  const { kind, body, etag, wait } = await ask(from, { patience: PATIENCE, etag: version });
  const now = STATES[kind] ?? "away";
  failures = now === "away" ? failures + 1 : 0;
  if (now === "live") {
    if (kind === "ours") {
      show(body.html);
      [latest, version] = [body, etag];
    }
    contact = Date.now();
    tell();
    // At random around its time, so that not all who watch ask together.
    timer = setTimeout(trying.now, every * (0.5 + Math.random()));
  }
  if (failures !== 1) stand(now);
  return { done: now === "live", wait };
}

const trying = keepTrying(() => look().catch((error) => { stand("away"); throw error; }));
stand("live");
timer = setTimeout(trying.now, every * (0.5 + Math.random()));
document.addEventListener("visibilitychange", () => document.hidden || trying.now());
addEventListener("online", trying.now);
