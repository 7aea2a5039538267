/** What stands for a page that needs a network: the way back to what works without. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { briefing, newBrowser } from "./browser.js";

async function open(browser, at) {
  browser.online = false;
  const page = browser.open("/shell/offline", { at });
  await page.load("offline_page");
  return page;
}

test("whoever is signed in is led to what works without signal", async () => {
  const browser = await newBrowser();
  await browser.signIn();
  const page = await open(browser, "/nights/2");
  await page.until(() => /Logging works without it: go to Tonight/.test(page.reads()));
  assert.doesNotMatch(page.reads(), /You are signed out/);
  await page.until(() => /Op Emblazen · Sat 5 Dec/.test(page.reads(page.document.body)));
});

test("whoever is signed out is told to sign in once with signal", async () => {
  const page = await open(await newBrowser(), "/nights/2");
  await page.until(() => /You are signed out on this phone\. Sign in once with signal/.test(page.reads()));
  assert.doesNotMatch(page.reads(), /Logging works/);
});

test("a browser that keeps nothing says nothing that is not so", async () => {
  const browser = await newBrowser();
  browser.indexedDB = undefined;
  const page = await open(browser, "/nights/2");
  await page.until(() => /You are signed out on this phone/.test(page.reads()));
});

test("the address of an own entry opens from the phone", async () => {
  const browser = await newBrowser();
  await browser.signIn();
  const [{ id }] = briefing().entries;
  const page = await open(browser, `/entries/${id}`);
  await page.gone();
  assert.deepEqual(page.went, [`/phone/entry/${id}`]);
});

test("an address of the phone’s own that needs a network all the same goes round in no circle", async () => {
  const browser = await newBrowser();
  await browser.signIn();
  const [{ id }] = briefing().entries;
  const page = await open(browser, `/phone/entry/${id}`);
  await page.until(() => /Op Emblazen/.test(page.reads(page.document.body)));
  assert.deepEqual(page.went, []);
});

test("an entry that this phone does not know stays where it is", async () => {
  const browser = await newBrowser();
  await browser.signIn();
  const page = await open(browser, "/entries/00000000-0000-4000-8000-000000000000");
  await page.until(() => /Op Emblazen/.test(page.reads(page.document.body)));
  assert.deepEqual(page.went, []);
});
