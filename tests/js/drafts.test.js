/** Half-filled forms are kept while somebody types, and offered back to their officer alone. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { offered, saysAnything } from "../../static/js/drafts.js";
import { newBrowser } from "./browser.js";
import { box } from "../../static/js/seal.js";
import { ASHA, BEN, NOW, phoneOf } from "./fake_phone.js";

test("a form says something only where it says more than it opened with", () => {
  assert.equal(saysAnything({ marking: "official", notes: "  " }, { marking: "official", notes: "" }), false);
  assert.equal(saysAnything({ marking: "official", notes: "loud" }, { marking: "official" }), true);
});

test("half-filled forms come back to their officer alone, and not while a page has them open", async () => {
  const { store, who } = await phoneOf();
  for (const [id, officer, at] of [["f1", ASHA.id, NOW], ["f2", ASHA.id, NOW + 1], ["f3", BEN.id, NOW], ["f4", ASHA.id, NOW - 15 * 86_400_000]]) {
    await store.put("drafts", { id, officer_id: officer, at, boxed: await box(who.key, { fields: {}, title: "Other", place: id }) }, id);
  }
  const locks = { query: async () => ({ held: [{ name: "fieldlog-form-f2" }] }) };
  assert.deepEqual((await offered(store, who, NOW, locks)).map((draft) => draft.id), ["f1"]);
  assert.equal(await store.get("drafts", "f4"), undefined);
});

/** A form on Asha's phone. */
async function open(browser, at = "/entries/new/other") {
  const page = browser.open("/shell/entries/new/other", { at });
  await page.load("entry_page");
  await page.until(() => page.button("Save").disabled === false);
  return page;
}

async function halfFilled(text = "Road closed") {
  const browser = await newBrowser();
  await browser.signIn();
  browser.online = false;
  const page = await open(browser);
  page.type(page.field("Particulars"), text);
  await browser.clock.passes(1_000);
  await page.until(() => page.document.documentElement.dataset.draftKept);
  return { browser, page };
}

test("what is typed is kept so that only its officer can read it", async () => {
  const { browser } = await halfFilled();
  const kept = await browser.store.all("drafts");
  assert.equal(kept.length, 1);
  assert.equal(JSON.stringify(kept).includes("Road"), false);
});

test("a form that nobody has typed into is not kept", async () => {
  const browser = await newBrowser();
  await browser.signIn();
  browser.online = false;
  const page = await open(browser);
  await browser.clock.passes(1_000);
  page.hide(true);
  page.leave();
  assert.deepEqual(await browser.store.all("drafts"), []);
  assert.doesNotMatch((await open(browser)).reads(), /Half-filled/);
});

test("what is typed last is kept when the page goes out of sight at once", async () => {
  const browser = await newBrowser();
  await browser.signIn();
  browser.online = false;
  const page = await open(browser);
  page.type(page.field("Particulars"), "Road closed");
  page.hide(true);
  await page.until(async () => (await browser.store.all("drafts")).length === 1);
});

test("the address of a half-filled form opens it as it was, unless another page has it open", async () => {
  const { browser, page } = await halfFilled();
  const address = page.location.pathname + page.location.search;
  assert.equal(address, `/entries/new/other?draft=${page.document.documentElement.dataset.draftKept}`);
  const other = await open(browser, address);
  assert.equal(other.field("Particulars").value, "");
  other.leave();
  page.leave();
  assert.equal((await open(browser, address)).field("Particulars").value, "Road closed");
});
