/** The forms that a phone keeps offer what the lists do. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { briefing, newBrowser, said } from "./browser.js";

const OTHER = "/shell/entries/new/other";
const WARNING = "/shell/entries/new/encounter?first=warned";
const NOW = briefing().lists;
const BEFORE = "0a1b2c3d4e5f";
const form = (path, lists = NOW) => said(path).replace(NOW, lists);
const ofAnotherFieldlog = (text) => text.replace(/\/static\/\w+\//g, "/static/ffffffffffff/");

/** A phone that keeps pages, {path: text}, refreshed for the lists of now with the `served` ones; what it keeps then. */
async function refreshed(pages, served = {}) {
  const browser = await newBrowser();
  const cache = await browser.caches.open("fieldlog-0a1b2c3d4e5f");
  await browser.caches.open("fieldlog-ready");
  for (const [path, text] of Object.entries(pages)) await cache.put(path, new Response(text));
  for (const [path, answer] of Object.entries(served)) browser.answers[path] = () => answer;
  const { refreshForms } = await browser.open("/tonight").load("kept_forms");
  await refreshForms(NOW);
  const found = await Promise.all(Object.keys(pages).map(async (path) => (await cache.match(path)).text()));
  return { kept: found, asked: browser.asked.map(({ path }) => path) };
}

test("a form whose lists have changed is fetched again, also one in another order", async () => {
  const served = { [OTHER]: { text: form(OTHER) }, [WARNING]: { text: form(WARNING) } };
  const { kept, asked } = await refreshed({ [OTHER]: form(OTHER, BEFORE), [WARNING]: form(WARNING, BEFORE) }, served);
  assert.deepEqual(kept, [form(OTHER), form(WARNING)]);
  assert.deepEqual(asked, [OTHER, WARNING]);
});

test("a form that offers what the lists do is left alone, and so is what is no form", async () => {
  const pages = { [OTHER]: form(OTHER), "/shell/tonight": form("/shell/tonight", BEFORE) };
  const { kept, asked } = await refreshed(pages);
  assert.deepEqual([kept, asked], [Object.values(pages), []]);
});

for (const [name, answer] of Object.entries({
  "a form of another fieldlog": { text: ofAnotherFieldlog(form(OTHER)) },
  "a form of lists that are older still": { text: form(OTHER, "ffffffffffff") },
  "a page of a pub’s WiFi": { text: "<html>Welcome to The Lamp</html>" },
  "a mistake of the server": { status: 500, text: form(OTHER) },
  "no answer": undefined,
})) {
  test(`${name} takes the place of none`, async () => {
    const { kept, asked } = await refreshed({ [OTHER]: form(OTHER, BEFORE) }, { [OTHER]: answer });
    assert.deepEqual([kept, asked], [[form(OTHER, BEFORE)], [OTHER]]);
  });
}
