/** Before anything is drawn a kept page has the theme of its phone, and a form that is about to be filled waits for it. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { newBrowser } from "./browser.js";
import { ORIGIN } from "./page.js";

async function first(at, theme) {
  const browser = await newBrowser();
  if (theme) browser.cookies.setCookieSync(`screen=${theme}`, ORIGIN);
  const page = browser.open("/shell/entries/new/other", { at });
  await page.load("theme_first");
  const { dataset } = page.document.documentElement;
  return { theme: dataset.theme, dark: page.document.querySelector("link[data-dark]").media, filling: dataset.filling };
}
const NEW = "/entries/new/other";

test("a phone that was set to dark or light opens so", async () => {
  assert.deepEqual(await first(NEW, "dark"), { theme: "dark", dark: "screen", filling: undefined });
  assert.deepEqual(await first(NEW, "light"), { theme: "light", dark: "not all", filling: undefined });
});

test("otherwise the page goes with the device", async () => {
  const usual = { theme: "auto", dark: "screen and (prefers-color-scheme: dark)", filling: undefined };
  for (const theme of [null, "auto", "sepia", "toString"]) assert.deepEqual(await first(NEW, theme), usual);
});

test("a form that is filled with what is kept waits for it, and a new one does not", async () => {
  const id = "6b7c2a10-0d6e-4f5a-9d3b-2f1e0c9a8b7d";
  for (const at of [`/phone/amend/other/${id}`, `/phone/mend/other/${id}`, `${NEW}?draft=${id}`, `${NEW}?first=warned&draft=${id}`]) {
    assert.equal((await first(at)).filling, "", at);
  }
  for (const at of [NEW, `${NEW}?first=warned`, "/phone"]) assert.equal((await first(at)).filling, undefined, at);
});

test("a page after a save says so to its style sheet", async () => {
  for (const [at, saved] of [["/tonight?saved=6b7c2a10-0d6e-4f5a-9d3b-2f1e0c9a8b7d", ""], ["/tonight", undefined]]) {
    const page = (await newBrowser()).open("/tonight", { at });
    await page.load("theme_first");
    assert.equal(page.document.documentElement.dataset.saved, saved);
  }
});
