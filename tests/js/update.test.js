/** A newer fieldlog is offered where nothing waits to be sent, and taken when somebody asks for it. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { Eventful, newBrowser } from "./browser.js";

const OFFER = /A newer fieldlog is ready\. Use it now/;

/** A page of a phone with so much that waits; `changes()` tells of what has changed there. */
async function tonight({ count = 0 } = {}) {
  const browser = await newBrowser();
  const page = browser.open("/shell/tonight", { at: "/tonight" });
  const { registration } = browser.worker;
  const phone = { unsent: { count }, onChange(listener) { phone.changes = () => listener(phone); listener(phone); } };
  const newer = { told: [], postMessage: (words) => newer.told.push(words) };
  /** A newer service worker is being installed, and is there after a while. */
  const comes = () => {
    registration.installing = new Eventful();
    registration.dispatchEvent(new Event("updatefound"));
    registration.waiting = newer;
    registration.installing.dispatchEvent(new Event("statechange"));
  };
  const { startUpdate } = await page.load("update");
  return { browser, page, phone, newer, comes, registration, start: () => startUpdate(phone) };
}

test("nothing is offered before there is anything newer", async () => {
  const { page, comes, start } = await tonight();
  await start();
  assert.doesNotMatch(page.reads(), OFFER);
  comes();
  assert.match(page.reads(), OFFER);
});

test("one that waited already is offered at once", async () => {
  const { page, newer, registration, start } = await tonight();
  registration.waiting = newer;
  await start();
  assert.match(page.reads(), OFFER);
});

test("one that was on its way when the page opened is offered once it is there", async () => {
  const { page, newer, registration, start } = await tonight();
  registration.installing = new Eventful();
  await start();
  registration.waiting = newer;
  registration.installing.dispatchEvent(new Event("statechange"));
  assert.match(page.reads(), OFFER);
});

test("while anything waits to be sent nothing is offered, and once it is sent it is", async () => {
  const { page, phone, comes, start } = await tonight({ count: 1 });
  await start();
  comes();
  assert.doesNotMatch(page.reads(), OFFER);
  phone.unsent.count = 0;
  phone.changes();
  assert.match(page.reads(), OFFER);
});

test("it takes over when somebody asks for it, and the page is loaded again under it", async () => {
  const { browser, page, newer, comes, start } = await tonight();
  await start();
  comes();
  page.press("Use it now");
  assert.deepEqual([newer.told, page.went], [["take over"], []]);
  browser.worker.dispatchEvent(new Event("controllerchange"));
  assert.deepEqual(page.went, ["/tonight"]);
});

test("without a service worker there is nothing to offer", async () => {
  const { browser, page, start } = await tonight();
  browser.worker.getRegistration = async () => undefined;
  await start();
  assert.doesNotMatch(page.reads(), OFFER);
});
