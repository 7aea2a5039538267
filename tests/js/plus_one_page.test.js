/** The tally, from this phone. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { newBrowser } from "./browser.js";

test("amounts have their unit", async () => {
  const { amount } = await (await newBrowser()).open("/shell/plus-one", { at: "/plus-one" }).load("plus_one_page");
  assert.deepEqual([amount("count", 1200), amount("grams", 5), amount("pence", 500), amount("pence", 6550)], ["1,200", "5 g", "£5", "£65.50"]);
});

/** The tally of Asha's phone, without signal. */
async function tally() {
  const browser = await newBrowser();
  await browser.signIn();
  browser.online = false;
  const page = browser.open("/shell/plus-one", { at: "/plus-one" });
  await page.load("plus_one_page");
  await page.until(() => page.button("People spoken to"));
  return { browser, page };
}

/** Send what waits, as the next page does, and return what has reached the server. */
async function sent({ browser, page }) {
  page.leave();
  browser.online = true;
  const next = browser.open("/tonight");
  await next.start();
  await next.until(() => /All sent/.test(next.reads(next.document.body)));
  return browser.received;
}

test("a tile says what it counts, how many tonight, and what a tap adds", async () => {
  const { page } = await tally();
  assert.equal(page.reads(page.button("People spoken to")), "People spoken to 21 +1");
  assert.equal(page.reads(page.button("Masks")), "Masks given out 0 +10");
  page.part("more-tiles").open = true;
  assert.equal(page.reads(page.button("Cash")), "Cash seized £0 +£1");
});

test("on the evening after, still without signal, it counts from nought, under no night that it knows", async () => {
  const { browser, page } = await tally();
  page.press("People spoken to");
  await page.until(() => /22 \+1/.test(page.reads(page.button("People spoken to"))));
  assert.match(page.reads(page.document.body), /Op Emblazen/);
  page.hide(true);
  await browser.clock.passes(22 * 3_600_000);
  page.hide(false);
  await page.until(() => /spoken to 0 \+1/.test(page.reads(page.button("People spoken to"))));
  await page.until(() => !/Op Emblazen|Night of/.test(page.reads(page.document.body)));
  page.press("People spoken to");
  await page.until(() => /spoken to 1 \+1/.test(page.reads(page.button("People spoken to"))));
  const taps = await sent({ browser, page });
  assert.deepEqual(taps.map(({ fields }) => fields.deployment === "none"), [false, true]);
});

test("a tap counts at once, is on the phone, and reaches the server once", async () => {
  const { browser, page } = await tally();
  page.press("Masks given out");
  await page.until(() => /Saved on this phone 21:40: \+10 Masks given out/.test(page.reads()));
  await page.until(() => page.reads(page.button("Masks")) === "Masks given out 10 +10");
  const [{ type, fields }, ...others] = await sent({ browser, page });
  assert.deepEqual([type, fields, others], ["tap", { measure: "masks", step: "10", deployment: "2" }, []]);
});

test("the last tap is taken back in one tap, and each tap has a button of its own to do so", async () => {
  const { browser, page } = await tally();
  page.press("People spoken to");
  await page.until(() => /Saved on this phone/.test(page.reads()));
  page.press("Undo");
  await page.until(() => /Undone\./.test(page.reads()));
  await page.until(() => page.reads(page.button("People spoken to")) === "People spoken to 21 +1");
  assert.throws(() => page.button("Undo"));
  page.press("People warned");
  const before = await page.until(() => page.button("Undo"));
  page.press("Masks given out");
  await page.until(() => page.button("Undo") !== before);
  const [tap, undo, ...later] = await sent({ browser, page });
  assert.deepEqual([undo.type, undo.entry_id, later.map(({ type }) => type)], ["undo", tap.id, ["tap", "tap"]]);
});

test("a tally beyond those in sight is counted under More to count", async () => {
  const { page } = await tally();
  page.part("more-tiles").open = true;
  page.press("Weapons seized");
  await page.until(() => /\+1 Weapons seized/.test(page.reads()));
});
