/** What had the focus and is drawn anew has it again; what is hidden for good is tests/browser/test_keyboard.py. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { newBrowser } from "./browser.js";

async function open() {
  const page = (await newBrowser()).open("/shell/tonight");
  await page.load("keep_focus");
  return page;
}

/** What has the focus once what watches the page has been told of it. */
async function focused({ document }) {
  await new Promise(setImmediate);
  return document.activeElement;
}

test("a link that is drawn anew has it again", async () => {
  const page = await open();
  const link = page.link("Tonight’s briefing");
  const again = link.cloneNode(true);
  link.focus();
  link.replaceWith(again);
  assert.equal(await focused(page), again);
});

test("what stays in sight keeps it, whatever else is hidden", async () => {
  const page = await open();
  const link = page.link("Tonight’s briefing");
  link.focus();
  page.document.querySelector("h2").hidden = true;
  assert.equal(await focused(page), link);
});
