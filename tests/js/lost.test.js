/** What the browser has thrown away is said, once. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { newBrowser } from "./browser.js";
import { fakeStore } from "./fake_phone.js";

const LOST = /This browser has thrown away what fieldlog kept on this phone: 3 not sent yet, the oldest from 21:30\./;
const unsent = (count, oldest = null) => ({ count, oldest });

/** A page of a browser that keeps its store, or has lost it since the last one; `note` is told what waits. */
async function open(browser) {
  const page = browser.open("/shell/tonight", { at: "/tonight" });
  const { watchLoss } = await page.load("lost");
  return { page, note: await watchLoss(browser.store) };
}

/** A browser in which three entries waited, and which has thrown its store away. */
async function afterLoss() {
  const browser = await newBrowser();
  await (await open(browser)).note(unsent(3, "2020-12-05T21:30:00Z"));
  browser.store = fakeStore();
  return browser;
}

test("what still waits is not lost, and nothing is said", async () => {
  const browser = await newBrowser();
  await (await open(browser)).note(unsent(3, "2020-12-05T21:30:00Z"));
  assert.doesNotMatch((await open(browser)).page.reads(), /thrown away/);
});

test("what waited in a store that is gone is said, how much and since when", async () => {
  const { page } = await open(await afterLoss());
  assert.match(page.reads(), LOST);
});

test("it is said until somebody has seen it, whatever is saved meanwhile", async () => {
  const browser = await afterLoss();
  const { page, note } = await open(browser);
  await note(unsent(1, "2020-12-05T21:40:00Z"));
  assert.match((await open(browser)).page.reads(), LOST);
  page.press("I have seen this");
  assert.doesNotMatch(page.reads(), /thrown away/);
  await page.until(async () => !/thrown away/.test((await open(browser)).page.reads()));
});

test("once everything is sent there is nothing to lose", async () => {
  const browser = await newBrowser();
  const { note } = await open(browser);
  await note(unsent(3, "2020-12-05T21:30:00Z"));
  await note(unsent(0));
  browser.store = fakeStore();
  assert.doesNotMatch((await open(browser)).page.reads(), /thrown away/);
});

test("a store that goes while its page is open leaves the word of what waited", async () => {
  const browser = await newBrowser();
  const { note } = await open(browser);
  await note(unsent(3, "2020-12-05T21:30:00Z"));
  await browser.store.remove("settings", "mark");
  await note(unsent(0));
  browser.store = fakeStore();
  assert.match((await open(browser)).page.reads(), LOST);
});
