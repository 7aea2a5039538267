/** One of my entries, from this phone: what it says and how it stands, to be amended or struck out. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { briefing, newBrowser } from "./browser.js";

/** The page of an entry on Asha's phone without signal. */
async function open(id, more = {}) {
  const browser = await newBrowser();
  browser.brief(more);
  await browser.signIn();
  browser.online = false;
  const page = browser.open("/shell/entry", { at: `/phone/entry/${id}` });
  await page.load("own_entry_page");
  return { browser, page };
}

test("an entry says all that the server said of it, without signal", async () => {
  const [{ id }] = briefing().entries;
  const { page } = await open(id);
  await page.until(() => /Ferret/.test(page.reads()));
  assert.match(page.reads(), /^My entries The Hollow Ferret Sent 01:50/);
  assert.match(page.reads(), /Action taken Advice given Time taken 45 minutes/);
  assert.match(page.reads(), /Times Recorded on the phone 01:49 on 6 December 2020 Received 01:50 on 6 December 2020/);
  assert.match(page.reads(), /Versions Version 1 01:50 on 6 December 2020, Asha Reed/);
  page.link("every version word for word").click();
  page.link("Amend this entry").click();
  assert.deepEqual(page.went, [`/entries/${id}`, `/phone/amend/premises-visit/${id}`]);
});

test("what looks odd about an entry is said", async () => {
  const [entry] = briefing().entries;
  const { page } = await open(entry.id, { entries: [{ ...entry, notes: ["Ben Cole visited it as well.", "The phone’s clock was 2 hours ahead."] }] });
  await page.until(() => /Ben Cole visited it as well\. The phone’s clock was 2 hours ahead\./.test(page.reads()));
});

test("it is struck out with a reason, stays to be read, and cannot be amended any more", async () => {
  const [{ id, version }] = briefing().entries;
  const { browser, page } = await open(id);
  await page.until(() => page.fold("Strike this entry out"));
  page.fold("Strike this entry out").open = true;
  page.type(page.field("Why"), "logged twice");
  page.press("Strike out");
  await page.until(() => /Struck out\. Saved on this phone 21:40\./.test(page.reads()));
  await page.until(() => /Struck on this phone 21:40, On this phone\. Reason: logged twice/.test(page.reads()));
  assert.equal(page.document.querySelector("h1 s").textContent, "The Hollow Ferret");
  assert.doesNotMatch(page.reads(page.document.body), /Amend this entry|Strike this entry out/);
  browser.online = true;
  page.leave();
  const next = browser.open("/tonight");
  await next.start();
  await next.until(() => browser.received.length);
  const [{ type, entry_id, fields }] = browser.received;
  assert.deepEqual([type, entry_id, fields], ["strike", id, { reason: "logged twice", seen_version: String(version) }]);
});

test("an entry that was struck out can be put back by the server", async () => {
  const [entry] = briefing().entries;
  const { page } = await open(entry.id, { entries: [{ ...entry, struck: true }] });
  await page.until(() => page.link("Put this entry back"));
  page.link("Put this entry back").click();
  assert.deepEqual(page.went, [`/entries/${entry.id}/amend`]);
});

test("an entry that this phone does not know is the server’s to show", async () => {
  const id = "00000000-0000-4000-8000-000000000000";
  const { page } = await open(id);
  await page.gone();
  assert.equal(page.went[0], `/entries/${id}`);
});
