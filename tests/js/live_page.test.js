/** The live page of a night: renewed in place while somebody looks at it. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { newBrowser, said } from "./browser.js";

const AT = "/nights/2/live";
const QUIET = 15_000;
const fresh = () => JSON.parse(said("/api/live?deployment=2"));
let versions = 0;
/** The server’s answer: its parts, with `more` in them and the words of `html` made others. */
const news = (more = {}, html = (text) => text) => {
  const body = fresh();
  return { json: { ...body, html: html(body.html), ...more }, headers: { ETag: `W/"${(versions += 1)}"` } };
};
const UNCHANGED = { status: 304 };

/** The page under a coordinator’s eyes; `polls(n)` lets it ask n times more and put the answers on the page. */
async function watch(answer, around = {}) {
  const browser = await newBrowser();
  browser.answers["/api/live"] = answer;
  const page = browser.open(AT, around);
  await page.load("live_page");
  const settled = async () => { for (let turn = 0; turn < 20; turn += 1) await new Promise(setImmediate); };
  const polls = async (number = 1) => {
    for (let poll = 0; poll < number; poll += 1) {
      const before = browser.asked.length;
      await browser.clock.passes(browser.clock.left());
      await page.until(() => browser.asked.length > before);
      await settled();
    }
  };
  const line = page.document.querySelector(".live-now");
  const told = () => page.document.querySelector("[data-live-said]").textContent;
  return { browser, page, polls, told, words: () => line.firstElementChild.textContent, state: () => line.dataset.state };
}

test("what happens is on the page without anybody reloading it, and is told to a screen reader", async () => {
  const { page, polls, words, told } = await watch(() => news());
  assert.equal(words(), "Live: updates by itself.");
  assert.doesNotMatch(page.reads(), /The Watched Corner/);
  await polls();
  assert.match(page.reads(), /The Watched Corner/);
  assert.match(told(), /^New entry: 21:40, The Watched Corner.*\.$/);
});

test("each question names the version that the page has, so that only what is new travels", async () => {
  const { browser, page, polls } = await watch(() => news());
  const { version } = JSON.parse(page.document.querySelector("[data-watched]").dataset.watched);
  const next = `W/"${versions + 1}"`;
  await polls(2);
  assert.deepEqual(browser.asked.map(({ headers }) => headers["If-None-Match"]), [version, next]);
});

test("questions come at random around their time, so that those who watch do not ask together", async () => {
  const pauses = new Set();
  for (let page = 0; page < 8; page += 1) pauses.add((await watch(() => UNCHANGED)).browser.clock.left());
  assert.ok(pauses.size > 1);
  assert.ok([...pauses].every((pause) => pause >= 1_000 && pause <= 3_000), [...pauses].join());
});

test("while nothing is new the page stays as it is, and says nothing", async () => {
  const { page, polls, told } = await watch(() => UNCHANGED);
  const before = page.reads();
  await polls(3);
  assert.deepEqual([page.reads(), told()], [before, ""]);
});

test("news of a busy night is told together, and none of it is lost", async () => {
  const { received } = fresh();
  let more = 0;
  const { browser, polls, told } = await watch(() => (more < 6 ? news({ received: received + (more += 2), latest: "New entry: The Lamp.", overdue: 2 }) : UNCHANGED));
  await polls();
  assert.equal(told(), "3 new entries. Tasks overdue: 2.");
  await polls(2);
  assert.equal(told(), "3 new entries. Tasks overdue: 2.");
  await browser.clock.passes(QUIET);
  await polls();
  assert.equal(told(), "4 new entries.");
});

test("one question without an answer is no news", async () => {
  let answer = null;
  const { polls, state, told } = await watch(() => answer);
  await polls();
  assert.deepEqual([state(), told()], ["live", ""]);
  answer = news();
  await polls();
  assert.equal(state(), "live");
});

test("without contact it says since when, asks more seldom, and goes on by itself", async () => {
  let answer = null;
  const { browser, polls, words, told, state } = await watch(() => answer);
  await polls(2);
  assert.equal(words(), "No contact since 21:40. Trying again; what you see is from then.");
  assert.equal(told(), words());
  await polls(8);
  const pause = browser.clock.left();
  assert.ok(pause > 30_000 && pause <= 72_000, pause);
  answer = news();
  await polls();
  assert.deepEqual([state(), words()], ["live", "Live: updates by itself."]);
});

test("back in contact is told once", async () => {
  let answer = null;
  const { polls, told } = await watch(() => answer);
  await polls(2);
  answer = UNCHANGED;
  await polls();
  assert.equal(told(), "In contact again.");
});

test("a page of a pub’s WiFi is no contact", async () => {
  const { polls, state } = await watch(() => ({ text: "<h1>Welcome</h1>" }));
  await polls(2);
  assert.equal(state(), "away");
});

test("whoever is signed out is led to sign in again, and back here", async () => {
  let answer = { status: 401, json: { error: "signed-out" } };
  const { page, polls, words, state } = await watch(() => answer);
  await polls();
  assert.deepEqual([state(), words()], ["out", "You are signed out. What you see is from 21:40."]);
  page.link("Sign in again").click();
  assert.match(page.went[0], /^\/sign-in\?next=.*live/);
  answer = UNCHANGED;
  await polls();
  assert.equal(state(), "live");
});

test("a page that is not open to somebody any more says so", async () => {
  const { polls, words } = await watch(() => ({ status: 403, json: { error: "not-yours" } }));
  await polls();
  assert.equal(words(), "This page is not open to you any more. What you see is from 21:40.");
});

test("a tab that nobody sees asks nothing, and asks at once when it is seen", async () => {
  const { browser, page } = await watch(() => news());
  page.hide(true);
  await browser.clock.passes(10_000);
  assert.deepEqual(browser.asked, []);
  page.hide(false);
  await page.until(() => /The Watched Corner/.test(page.reads()));
  assert.ok(browser.clock.left() <= 3_000);
});

test("a network that comes back is asked at once, and two questions are never on their way together", async () => {
  const { browser, page } = await watch(() => news());
  for (let times = 0; times < 3; times += 1) page.window.dispatchEvent(new page.window.Event("online"));
  assert.equal(browser.asked.length, 1);
  await page.until(() => /The Watched Corner/.test(page.reads()));
});

test("what is the same stays the very same wherever it moves, and an open fold stays open", async () => {
  const fold = (open) => `<details${open}><summary>Fold</summary></details>`;
  const { page, polls } = await watch(() => news({}, (html) => `${html}${fold("")}`));
  const rows = () => [...page.document.querySelectorAll("[data-watched] [id^=entry-]")];
  const part = page.document.querySelector("[data-watched]");
  part.insertAdjacentHTML("beforeend", fold(" open"));
  const [first] = rows();
  await polls();
  assert.equal(rows()[1], first);
  assert.ok(part.querySelector("details").open);
});

/** A page that is scrolled down so far, with rows at these heights in the window before and after news has come. */
async function scrolled(scrollY, heights, { focused } = {}) {
  const moved = [];
  const watched = await watch(() => news(), { scrollY, scrollBy: ({ top }) => moved.push(top) });
  const { document } = watched.page;
  for (const row of document.querySelectorAll("[data-watched] :is(li, tr)")) row.getBoundingClientRect = () => ({ top: -1_000 });
  const rows = [...document.querySelectorAll("[data-watched] [id^=entry-]")];
  for (const [place, [before, after]] of heights.entries()) {
    rows[place].getBoundingClientRect = rows[place].querySelector("a").getBoundingClientRect = () => (
      { top: /Watched Corner/.test(watched.page.reads()) ? after : before }
    );
  }
  rows[focused]?.querySelector("a").focus();
  await watched.polls();
  return { moved, focus: rows.findIndex((row) => row.contains(document.activeElement)) };
}

test("what somebody reads at the top of the window stays where it is", async () => {
  assert.deepEqual((await scrolled(400, [[-30, 50], [40, 104], [200, 280]])).moved, [64]);
});

test("at the top of the page what is new may push down what was there", async () => {
  assert.deepEqual((await scrolled(0, [[40, 104]])).moved, []);
});

test("what has the focus stays where it is, wherever that is", async () => {
  assert.deepEqual(await scrolled(0, [[40, 104], [200, 280]], { focused: 1 }), { moved: [80], focus: 1 });
});

test("the focus that was on what is gone stays in its section", async () => {
  const { page, polls } = await watch(() => news({}, (html) => html.replace(/<li[^>]* id="entry-[^"]*"[\s\S]*?<\/li>/g, "")));
  await page.load("keep_focus");
  const gone = page.document.querySelector("[data-watched] [id^=entry-] a");
  const section = gone.closest("section");
  gone.focus();
  await polls();
  assert.ok(!gone.isConnected && section.contains(page.document.activeElement));
});

test("parts that cannot be put on the page are no contact", async () => {
  const { polls, state } = await watch(() => ({ json: { ...fresh(), html: 7 } }));
  await polls();
  assert.equal(state(), "away");
});
