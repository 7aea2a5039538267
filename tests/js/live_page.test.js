/** The live page of a night: renewed in place while somebody looks at it. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { newBrowser, said } from "./browser.js";

const AT = "/nights/2/live";
const POLL = 3_000;
const news = () => ({ text: said("/api/live?deployment=2"), headers: { ETag: 'W/"2"' } });

/** The page under a coordinator’s eyes; `polls(n)` lets it ask n times more and put the answers on the page. */
async function watch(answer, around = {}) {
  const browser = await newBrowser();
  browser.answers["/api/live"] = answer;
  const page = browser.open(AT, around);
  await page.load("live_page");
  const polls = async (number = 1) => {
    for (let poll = 0; poll < number; poll += 1) {
      const before = browser.asked.length;
      await browser.clock.passes(browser.clock.left());
      await page.until(() => browser.asked.length > before);
      for (let turn = 0; turn < 20; turn += 1) await new Promise(setImmediate);
    }
  };
  const now = () => page.reads(page.document.querySelector(".live-now"));
  const told = () => page.document.querySelector("[data-live-said]").textContent;
  return { browser, page, polls, now, told, state: () => page.document.documentElement.dataset.liveState };
}

test("what happens is on the page without anybody reloading it, and is told to a screen reader", async () => {
  const { page, polls, now, told } = await watch(news);
  assert.equal(now(), "Live: updates by itself.");
  assert.doesNotMatch(page.reads(), /The Watched Corner/);
  await polls();
  assert.match(page.reads(), /The Watched Corner/);
  assert.match(told(), /New entry: 21:40, The Watched Corner/);
});

test("each question names the version that the page has, so that only what is new travels", async () => {
  const { browser, page, polls } = await watch(news);
  const { version } = JSON.parse(page.document.querySelector("[data-live]").dataset.live);
  await polls(2);
  assert.deepEqual(browser.asked.map(({ headers }) => headers["If-None-Match"]), [version, 'W/"2"']);
});

test("while nothing is new the page stays as it is, and says nothing", async () => {
  const { page, polls, told } = await watch(() => ({ status: 304 }));
  const before = page.reads();
  await polls(3);
  assert.deepEqual([page.reads(), told()], [before, ""]);
});

test("without contact it says since when, offers to reload, and goes on by itself", async () => {
  let answer = null;
  const { polls, now, told, state } = await watch(() => answer);
  await polls(2);
  assert.match(now(), /^No contact since 21:40\. Trying again; what you see is from then\. Reload/);
  assert.match(told(), /^No contact since 21:40/);
  answer = news();
  await polls();
  assert.deepEqual([state(), now()], ["live", "Live: updates by itself."]);
});

test("back in contact is told once", async () => {
  let answer = null;
  const { polls, told } = await watch(() => answer);
  await polls(2);
  answer = { status: 304 };
  await polls();
  assert.equal(told(), "In contact again.");
});

test("whoever is signed out is led to sign in again, and back here", async () => {
  const { page, polls, now } = await watch(() => ({ status: 401, json: { error: "signed-out" } }));
  await polls();
  assert.equal(page.document.querySelector(".live-now").dataset.state, "signed-out");
  assert.match(now(), /^You are signed out\. What you see is from 21:40\. Sign in again$/);
  page.link("Sign in again").click();
  assert.match(page.went[0], /^\/sign-in\?next=.*live/);
});

test("a tab that nobody sees asks nothing, and asks at once when it is seen", async () => {
  const { browser, page } = await watch(news);
  page.hide(true);
  await browser.clock.passes(POLL);
  assert.deepEqual(browser.asked, []);
  page.hide(false);
  await page.until(() => /The Watched Corner/.test(page.reads()));
});

test("a network that comes back is asked at once", async () => {
  const { page } = await watch(news);
  page.window.dispatchEvent(new page.window.Event("online"));
  await page.until(() => /The Watched Corner/.test(page.reads()));
});

/** A page that is scrolled down so far, with rows at these heights in the window before and after news has come. */
async function scrolled(scrollY, heights, { focused } = {}) {
  const moved = [];
  const watched = await watch(news, { scrollY, scrollBy: ({ top }) => moved.push(top) });
  const rows = [...watched.page.document.querySelectorAll("[data-live] li[data-key]")].filter((row) => row.querySelector("a"));
  for (const [place, [before, after]] of heights.entries()) {
    rows[place].getBoundingClientRect = rows[place].querySelector("a").getBoundingClientRect = () => {
      const top = /Watched Corner/.test(watched.page.reads()) ? after : before;
      return { top, bottom: top + 50 };
    };
  }
  rows[focused]?.querySelector("a").focus();
  await watched.polls();
  return { moved, focus: rows.findIndex((row) => row.contains(watched.page.document.activeElement)) };
}

test("what somebody reads at the top of the window stays where it is", async () => {
  assert.deepEqual((await scrolled(400, [[-300, -200], [200, 280], [40, 104]])).moved, [64]);
});

test("at the top of the page what is new may push down what was there", async () => {
  assert.deepEqual((await scrolled(0, [[40, 104]])).moved, []);
});

test("what has the focus stays where it is, wherever that is", async () => {
  assert.deepEqual(await scrolled(0, [[40, 104], [200, 280]], { focused: 1 }), { moved: [80], focus: 1 });
});

test("the focus that was on what is gone goes to the heading of its section", async () => {
  const body = JSON.parse(said("/api/live?deployment=2"));
  const { page, polls } = await watch(() => ({ json: { ...body, html: body.html.replace(/<li[^>]*data-key="[^"]*"[\s\S]*?<\/li>/g, "") }, headers: { ETag: "2" } }));
  const gone = page.document.querySelector("[data-live] section li[data-key] a");
  const heading = gone.closest("section").querySelector("h2");
  gone.focus();
  await polls();
  assert.equal(page.document.activeElement.textContent, heading.textContent);
});
