/** This phone, as every page knows it. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { canKeep } from "../../static/js/phone.js";
import { logNote, newBrowser } from "./browser.js";

test("a phone keeps records only where it can seal them", () => {
  const whole = { isSecureContext: true, indexedDB: {}, crypto: { subtle: {} }, navigator: { serviceWorker: {}, locks: {} } };
  assert.equal(canKeep(whole), true);
  for (const missing of ["isSecureContext", "indexedDB", "crypto"]) assert.equal(canKeep({ ...whole, [missing]: undefined }), false);
  for (const missing of ["serviceWorker", "locks"]) assert.equal(canKeep({ ...whole, navigator: { ...whole.navigator, [missing]: undefined } }), false);
});

/** Asha's phone, on which one note waits. */
async function withNote() {
  const browser = await newBrowser();
  await browser.signIn();
  browser.online = false;
  await logNote(browser, "quiet");
  return browser;
}
const header = (page) => page.reads(page.document.querySelector("header"));

test("every page says how much waits, and sends it when the network comes back", async () => {
  const browser = await withNote();
  const page = browser.open("/tonight");
  await page.start();
  await page.until(() => /1 on phone/.test(header(page)));
  browser.online = true;
  page.window.dispatchEvent(new page.window.Event("online"));
  await page.until(() => /All sent/.test(header(page)));
  assert.deepEqual(browser.received.map(({ fields }) => fields.notes), ["quiet"]);
});

test("a page that is looked at again tries at once, and one that nobody sees does not", async () => {
  const browser = await withNote();
  const page = browser.open("/tonight");
  await page.start();
  await page.until(() => /1 on phone/.test(header(page)));
  await page.until(() => browser.clock.left() !== null);
  const asked = browser.asked.length;
  page.hide(true);
  assert.equal(browser.asked.length, asked);
  browser.online = true;
  page.hide(false);
  await page.until(() => /All sent/.test(header(page)));
});

test("without anything happening it is tried again after a while", async () => {
  const browser = await withNote();
  const page = browser.open("/tonight");
  await page.start();
  await page.until(() => /1 on phone/.test(header(page)));
  browser.online = true;
  await page.until(async () => {
    await browser.clock.passes(browser.clock.left() ?? 0);
    return browser.received.length === 1;
  });
});

test("two pages of one phone send one of each, and both say so", async () => {
  const browser = await withNote();
  browser.online = true;
  const pages = [browser.open("/tonight"), browser.open("/tasks")];
  await Promise.all(pages.map((page) => page.start()));
  for (const page of pages) await page.until(() => /All sent/.test(header(page)));
  assert.equal(browser.received.length, 1);
});

test("signing out leaves nothing to read, and what waits is sent all the same", async () => {
  const browser = await withNote();
  const page = browser.open("/account");
  await page.start();
  await page.until(() => /1 on phone/.test(header(page)));
  page.press("Sign out");
  await page.until(() => page.sent.length);
  assert.equal(page.sent[0].action, "/sign-out");
  page.leave();
  const kept = browser.open("/shell/tonight", { at: "/tonight" });
  await kept.load("tonight_page");
  await kept.gone();
  kept.leave();
  browser.online = true;
  const next = browser.open("/sign-in");
  await next.start();
  await next.until(() => browser.received.length === 1);
});

test("whoever signed out before any script ran is forgotten on the next page", async () => {
  const browser = await withNote();
  const page = browser.open("/sign-in", { at: "/sign-in?left=1" });
  await page.start();
  await page.until(() => /1 on phone/.test(header(page)));
  page.leave();
  const kept = browser.open("/shell/tonight", { at: "/tonight" });
  await kept.load("tonight_page");
  await kept.gone();
  assert.doesNotMatch(kept.reads(), /Patrol note/);
});

test("a session that has only run out takes nothing away", async () => {
  const browser = await withNote();
  const page = browser.open("/sign-in", { at: "/sign-in?next=/tonight" });
  await page.start();
  page.leave();
  const kept = browser.open("/shell/tonight", { at: "/tonight" });
  await kept.load("tonight_page");
  await kept.until(() => /Patrol note/.test(kept.reads()));
});

test("signing out ends the session, also where the phone can forget nothing", async () => {
  const browser = await withNote();
  const page = browser.open("/account");
  await page.start();
  await page.until(() => /1 on phone/.test(header(page)));
  const { delete: forget } = IDBObjectStore.prototype;
  IDBObjectStore.prototype.delete = () => { throw new DOMException("broken", "DataError"); };
  page.press("Sign out");
  await page.until(() => page.sent.length);
  IDBObjectStore.prototype.delete = forget;
  assert.equal(page.sent[0].action, "/sign-out");
});

test("a browser that keeps nothing leaves its pages to the server", async () => {
  const browser = await newBrowser();
  browser.indexedDB = undefined;
  const page = browser.open("/tonight");
  await page.start();
  page.press("Dark");
  assert.equal(page.document.documentElement.dataset.theme, "dark");
  assert.doesNotMatch(header(page), /on phone|All sent/);
});
