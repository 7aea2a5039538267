/** My entries of tonight, from this phone. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { newBrowser } from "./browser.js";

test("an officer reads all their entries of the night without signal, the latest first", async () => {
  const browser = await newBrowser();
  await browser.signIn();
  browser.online = false;
  const page = browser.open("/shell/entries/mine", { at: "/entries/mine" });
  await page.load("mine_page");
  await page.until(() => page.part("feed").children.length);
  const places = [...page.part("feed").children].map((row) => page.reads(row).split(" Sent")[0]);
  assert.deepEqual(places, ["01:48 The Hollow Ferret", "01:28 The Quiet Ferret", "01:04 The Marble Ferret", "22:24 High Street", "19:52 Bus station", "18:41 The Sleeping Ferret"]);
  await page.until(() => /Night of Saturday 5 December 2020\./.test(page.reads()));
});
