/** The tasks of whoever is out, from this phone. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { briefing, newBrowser } from "./browser.js";

async function open(browser) {
  const page = browser.open("/shell/tasks", { at: "/tasks" });
  await page.load("tasks_page");
  return page;
}

test("an officer reads what is asked of them, where, and by when, without signal too", async () => {
  const browser = await newBrowser();
  await browser.signIn();
  browser.online = false;
  const page = await open(browser);
  await page.until(() => /Anchor/.test(page.reads()));
  assert.match(page.reads(), /The Brass Anchor Urgent, due now Loud music at closing time on two nights\..* For you · Due Sat 5 Dec/);
  assert.match(page.reads(), /Lantern Row car park Due now Cars meeting after ten/);
  assert.doesNotMatch(page.reads(), /Copper Anchor|No open tasks/);
  page.link("Log what was done at Lantern Row car park").click();
  assert.deepEqual(page.went, ["/entries/new/patrol-note?task=3"]);
});

test("with signal the tasks are those of now, however new the briefing is", async () => {
  const browser = await newBrowser();
  await browser.signIn();
  const [task] = briefing().tasks;
  browser.brief({ tasks: [{ ...task, where: "The Lamp" }] });
  const page = await open(browser);
  await page.until(() => /The Lamp/.test(page.reads()));
  assert.doesNotMatch(page.reads(), /Anchor/);
});
