/** A long export is followed until it is over. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { newBrowser, said } from "./browser.js";

const AT = "/exports/under-way/42000";

/** The page of an export that is under way, and what the server answers when it is asked again. */
async function follow(...answers) {
  const browser = await newBrowser();
  browser.answers[AT] = () => answers.shift();
  const page = browser.open(AT);
  assert.match(page.reads(), /42,000 of 100,000.*Look again/);
  await page.load("under_way");
  return { browser, page, passes: () => browser.clock.passes(1_500) };
}
const further = () => ({ text: said("/exports/under-way/84000") });

test("the page says how far it is by now, without anybody looking again", async () => {
  const { page, passes } = await follow(further());
  assert.doesNotMatch(page.reads(), /Look again/);
  await passes();
  await page.until(() => /Writing rows 84,000 of 100,000/.test(page.reads()));
  assert.equal(page.document.querySelector("progress").value, 84_000);
});

test("when it is over, its own page opens", async () => {
  const { page, passes } = await follow({ text: said("/exports/under-way/over"), url: "/exports/7" });
  await passes();
  await page.gone();
  assert.deepEqual(page.went, ["https://fieldlog.example/exports/7"]);
});

test("without an answer it is asked again", async () => {
  const { browser, page, passes } = await follow(undefined, further());
  await passes();
  assert.match(page.reads(), /42,000/);
  await page.until(() => browser.clock.left() !== null);
  await passes();
  await page.until(() => /84,000/.test(page.reads()));
});

test("a page that nobody sees asks nothing, and asks on when it is seen again", async () => {
  const { browser, page, passes } = await follow(further());
  page.hide(true);
  await passes();
  assert.deepEqual(browser.asked, []);
  page.hide(false);
  await page.until(() => browser.clock.left() !== null);
  await passes();
  await page.until(() => /84,000/.test(page.reads()));
});
