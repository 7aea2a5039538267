/** The paragraph for the paper is copied with one press, or selected to be copied by hand. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { newBrowser } from "./browser.js";

async function periods(writeText) {
  const browser = await newBrowser();
  browser.clipboard = { writeText };
  const page = browser.open("/periods?period=night&from=2020-12-05");
  assert.throws(() => page.button("Copy"), "without the module there is nothing to press");
  await page.load("copy_text");
  return { page, area: page.field("For the paper") };
}

test("what stands in the text area by now is copied, and it says so", async () => {
  const copied = [];
  const { page, area } = await periods(async (text) => void copied.push(text));
  page.type(area, "On Saturday 5 December officers visited 15 premises.");
  page.press("Copy");
  await page.until(() => /Copied/.test(page.reads()));
  assert.deepEqual(copied, ["On Saturday 5 December officers visited 15 premises."]);
  assert.deepEqual(page.sent, []);
});

test("a browser that does not copy leaves the text selected, and says what to do", async () => {
  const { page, area } = await periods(() => Promise.reject(new Error("not allowed")));
  page.press("Copy");
  await page.until(() => /Selected: copy it with your device’s copy command/.test(page.reads()));
  assert.equal(area.value.slice(area.selectionStart, area.selectionEnd), area.value);
});
