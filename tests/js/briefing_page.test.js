/** The briefing, from this phone. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { briefing, newBrowser } from "./browser.js";

async function open(more = {}) {
  const browser = await newBrowser();
  browser.brief(more);
  await browser.signIn();
  browser.online = false;
  const page = browser.open("/shell/briefing", { at: "/briefing" });
  await page.load("briefing_page");
  return page;
}

test("an officer reads what is planned tonight and which premises were visited, without signal", async () => {
  const page = await open();
  await page.until(() => /Ferret/.test(page.reads()));
  assert.match(page.reads(), /Op Emblazen · Sat 5 Dec Night of Saturday 5 December 2020 Operation Op Emblazen, Night of action Led by Marlbridge Borough Council/);
  assert.match(page.reads(), /The Hollow Ferret Visited 01:48 by you/);
  assert.doesNotMatch(page.reads(), /Nothing planned|No premises yet/);
});

test("a night without an operation or a visit says so", async () => {
  const page = await open({ deployments: [], visited: {} });
  await page.until(() => /No premises yet/.test(page.reads()));
  assert.match(page.reads(), /Nothing planned tonight\. Log anyway/);
});

test("what is planned for other nights is left out", async () => {
  const [one] = briefing().deployments;
  const page = await open({ deployments: [one, { ...one, id: 9, label: "Op Dial · Fri 4 Dec", tonight: false }] });
  await page.until(() => /Op Emblazen/.test(page.reads()));
  assert.doesNotMatch(page.reads(), /Op Dial/);
});
