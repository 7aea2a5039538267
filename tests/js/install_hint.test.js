/** Add fieldlog to the home screen: said once. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { newBrowser } from "./browser.js";

const HINT = /fieldlog also works without signal\. Add it to your home screen/;

async function tonight(browser) {
  const page = browser.open("/shell/tonight", { at: "/tonight" });
  const { startInstallHint } = await page.load("install_hint");
  await startInstallHint(browser);
  return page;
}

test("it is said on one evening, and not again", async () => {
  const browser = await newBrowser();
  assert.match((await tonight(browser)).reads(), HINT);
  assert.doesNotMatch((await tonight(browser)).reads(), HINT);
});

test("not now takes it away", async () => {
  const page = await tonight(await newBrowser());
  page.press("Not now");
  assert.doesNotMatch(page.reads(), HINT);
});
