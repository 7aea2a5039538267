/** Filters fold away on a narrow screen, so that figures come first, and stand open on a wide one. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { newBrowser } from "./browser.js";

async function tallies(isNarrow) {
  const browser = await newBrowser();
  const screen = browser.media("(max-width: 640px)");
  const becomes = (narrow) => {
    screen.matches = narrow;
    screen.dispatchEvent(new Event("change"));
  };
  screen.matches = isNarrow;
  const page = browser.open("/tallies");
  await page.load("narrow_fold");
  return { fold: page.document.querySelector("[data-narrow-fold]"), becomes };
}

test("they fold on a narrow screen", async () => {
  assert.equal((await tallies(true)).fold.open, false);
});

test("they stay open on a wide screen", async () => {
  assert.equal((await tallies(false)).fold.open, true);
});

test("a phone that is turned gets its filters back", async () => {
  const { fold, becomes } = await tallies(true);
  becomes(false);
  assert.equal(fold.open, true);
  becomes(true);
  assert.equal(fold.open, false);
});
