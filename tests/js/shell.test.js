/** What stands around every kept page: who is here, which operation, how old the briefing is. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { dutyOf } from "../../static/js/shell.js";
import { logNote, newBrowser } from "./browser.js";

const one = { id: 1, label: "Op Emblazen · Sat 5 Dec", tonight: true };
const two = { id: 2, label: "Op Dial · Sat 5 Dec", tonight: true };
const past = { id: 3, label: "Op Dial · Fri 4 Dec", tonight: false };

test("one operation alone is the one that is meant; of two, somebody chooses", () => {
  assert.equal(dutyOf({ deployments: [one, past] }, null).chosen, one);
  assert.deepEqual([dutyOf({ deployments: [one, two] }, null).ask, dutyOf({ deployments: [] }, null).ask], [true, false]);
  assert.equal(dutyOf({ deployments: [one, two] }, { id: 2 }).chosen, two);
});

test("none of these is said of tonight's, and asked again about others", () => {
  const { key } = dutyOf({ deployments: [one, two] }, null);
  assert.deepEqual([dutyOf({ deployments: [one, two] }, { none: key }).ask, dutyOf({ deployments: [one] }, { none: key }).chosen], [false, one]);
});

async function open(browser, name = "/shell/tasks", at = "/tasks") {
  const page = browser.open(name, { at });
  const { openShell } = await page.load("shell");
  return { page, openShell };
}
const header = (page) => page.reads(page.document.querySelector("header"));

test("a kept page says who is here, with which operation, on which night", async () => {
  const browser = await newBrowser();
  await browser.signIn();
  browser.online = false;
  const { page, openShell } = await open(browser);
  await openShell();
  await page.until(() => /Op Emblazen · Sat 5 Dec Asha Reed/.test(header(page)));
  assert.match(page.reads(), /Night of Saturday 5 December 2020\..*Briefing and lists from just now\./);
});

test("on a night without an operation the badge stands beside the name", async () => {
  const browser = await newBrowser();
  browser.brief({ deployments: [] });
  await browser.signIn();
  browser.online = false;
  const { page, openShell } = await open(browser);
  await openShell();
  await page.until(() => /Asha Reed · CM07/.test(header(page)));
});

test("where nobody is signed in the server’s own page says what to do", async () => {
  const { page, openShell } = await open(await newBrowser());
  assert.equal(await openShell(), null);
  assert.deepEqual(page.went, ["/tasks"]);
});

test("a page is filled again whenever something has changed", async () => {
  const browser = await newBrowser();
  await browser.signIn();
  browser.online = false;
  const { page, openShell } = await open(browser);
  const drawn = [];
  await openShell((phone) => drawn.push(phone.unsent.count));
  const logged = await logNote(browser, "quiet");
  await page.until(() => drawn.at(-1) === 1);
  assert.equal(drawn[0], 0);
  assert.ok(logged);
});

test("what is kept and does not open is not given up where the server cannot help out", async () => {
  const browser = await newBrowser();
  await browser.signIn();
  browser.online = false;
  browser.indexedDB = { open() { throw new Error("broken"); } };
  const { page, openShell } = await open(browser);
  await openShell();
  assert.match(page.reads(), /What this phone keeps did not open\. It is still here/);
  assert.deepEqual(page.went, []);
});
