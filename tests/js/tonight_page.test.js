/** Tonight, from this phone. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { briefing, logNote, newBrowser } from "./browser.js";

test("what was saved says where it is", async () => {
  const { savedWords } = await (await newBrowser()).open("/shell/tonight", { at: "/tonight" }).load("tonight_page");
  const row = { state: "waiting", captured_at: "2020-12-05T21:40:00Z", kept: { shown: { title: "The Lamp" } } };
  assert.equal(savedWords(row), "Saved on this phone 21:40 · The Lamp");
  assert.equal(savedWords({ ...row, state: "stored", received_at: "2020-12-05T21:43:00Z" }), "Sent 21:43 · The Lamp");
});

/** Tonight on Asha's phone. `from(browser)` does something before and says under which address the page opens. */
async function tonight({ more = {}, online = false, from = () => "/tonight" } = {}) {
  const browser = await newBrowser();
  browser.brief(more);
  await browser.signIn();
  browser.online = false;
  const at = await from(browser);
  browser.online = online;
  const page = browser.open("/shell/tonight", { at });
  await page.load("tonight_page");
  await page.until(() => /Op Emblazen|Nothing planned|Which operation/.test(page.reads(page.document.body)));
  return { browser, page };
}
const saved = async (browser) => `/tonight?saved=${await logNote(browser, "quiet")}`;

test("the last entries stand there, with what this phone knows of them", async () => {
  const { page } = await tonight({ from: saved });
  await page.until(() => page.part("feed").children.length);
  assert.match(page.reads(page.part("feed").firstElementChild), /^01:48 The Hollow Ferret Sent 01:50/);
  assert.match(page.reads(page.part("feed")), /21:40 Patrol note On this phone/);
  assert.equal(page.part("feed").children.length, 6);
});

test("what was saved a moment ago is said, and can be undone in one tap", async () => {
  const { browser, page } = await tonight({ from: saved });
  await page.until(() => /Saved on this phone 21:40 · Patrol note Undo/.test(page.reads()));
  page.press("Undo");
  await page.until(() => /Undone\. The entry is struck out and counts nowhere\./.test(page.reads()));
  browser.online = true;
  page.leave();
  const next = browser.open("/tonight");
  await next.start();
  await next.until(() => browser.received.length === 2);
  const [entry, undo] = browser.received;
  assert.deepEqual([undo.type, undo.entry_id], ["undo", entry.id]);
});

test("what the server refuses meanwhile is mended, and not undone", async () => {
  const { browser, page } = await tonight({ from: saved });
  await page.until(() => /Undo/.test(page.reads()));
  browser.answers["/api/sync"] = ({ records }) => ({ json: { answers: records.map(({ id }) => ({ id, state: "rejected", problems: [] })) } });
  browser.online = true;
  await page.start();
  await page.until(() => /Needs attention/.test(page.reads()));
  assert.throws(() => page.button("Undo"));
});

test("whoever is signed out is asked to sign in as soon as there is signal, and logs on", async () => {
  const { browser, page } = await tonight({ from: async (one) => {
    await one.clock.passes(20 * 60 * 60 * 1000);
    return "/tonight";
  } });
  const asked = /You are signed out: tonight’s briefing and tasks are not here\..* Sign in/;
  assert.doesNotMatch(page.reads(), asked);
  browser.answers["/api/briefing"] = () => ({ status: 401, json: { error: "signed-out" } });
  browser.online = true;
  await page.start();
  await page.until(() => asked.test(page.reads()));
  await logNote(browser, "without a session");
  await page.until(() => /1 on phone/.test(page.reads(page.document.querySelector("header"))));
  page.window.dispatchEvent(new page.window.Event("online"));
  await page.until(() => browser.received.length === 1 && /Sent/.test(page.reads(page.part("feed"))));
  assert.match(page.reads(), asked);
  browser.brief();
  await browser.clock.passes(120_000);
  page.leave();
  const next = browser.open("/shell/tonight", { at: "/tonight" });
  await next.start();
  await next.until(() => /from just now/.test(next.reads()));
  assert.doesNotMatch(next.reads(), asked);
});

test("looked at again later, what was saved still stands there, without an undo", async () => {
  const { browser, page } = await tonight({ from: saved });
  await page.until(() => /Undo/.test(page.reads()));
  page.leave();
  await browser.clock.passes(12_000);
  const later = browser.open("/shell/tonight", { at: `/tonight${page.document.location.search}` });
  await later.load("tonight_page");
  await later.until(() => /Saved on this phone 21:40 · Patrol note/.test(later.reads()));
  assert.throws(() => later.button("Undo"));
});

test("half-filled forms are offered back", async () => {
  const { page } = await tonight({
    async from(browser) {
      const form = browser.open("/shell/entries/new/other", { at: "/entries/new/other" });
      await form.load("entry_page");
      await form.until(() => form.button("Save").disabled === false);
      form.type(form.field("Where"), "Bus station");
      await browser.clock.passes(1_000);
      await form.until(() => form.document.documentElement.dataset.draftKept);
      form.leave();
      return "/tonight";
    },
  });
  await page.until(() => /Half-filled from 21:40: Other, Bus station\. Carry on/.test(page.reads()));
  page.link("Carry on").click();
  assert.match(page.went[0], /^\/entries\/new\/other\?draft=[0-9a-f-]{36}$/);
});

test("what is asked of the officer is counted", async () => {
  const { page } = await tonight();
  await page.until(() => /For you: 3 tasks, 3 due now/.test(page.reads()));
});

test("of two operations tonight somebody chooses the one that they are with", async () => {
  const [one] = briefing().deployments;
  const { browser, page } = await tonight({ more: { deployments: [one, { ...one, id: 9, label: "Op Dial · Sat 5 Dec" }] } });
  await page.until(() => /Which operation are you with\?/.test(page.reads()));
  page.press("Op Dial");
  await page.gone();
  assert.deepEqual(page.went, ["/tonight"]);
  page.leave();
  const next = browser.open("/shell/tonight", { at: "/tonight" });
  await next.load("tonight_page");
  await next.until(() => /Op Dial · Sat 5 Dec/.test(next.reads(next.document.querySelector("header"))));
  assert.doesNotMatch(next.reads(), /Which operation/);
  assert.match(next.reads(), /Change operation/);
});

test("on a night without an operation officers log anyway", async () => {
  const { page } = await tonight({ more: { deployments: [] } });
  await page.until(() => /Nothing planned tonight\. Log anyway; it can be attached to an operation later\./.test(page.reads()));
});

test("how old the briefing is stands there", async () => {
  const { browser } = await tonight();
  await browser.clock.passes(600_000);
  const page = browser.open("/shell/tonight", { at: "/tonight" });
  await page.load("tonight_page");
  await page.until(() => /Briefing and lists from 10 minutes ago\./.test(page.reads()));
});

test("two quick taps start one patrol", async () => {
  const { browser, page } = await tonight({ more: { patrol: [] } });
  await page.until(() => page.fold("Start a patrol"));
  page.fold("Start a patrol").open = true;
  const button = page.button("On foot");
  button.click();
  button.click();
  await page.until(() => /Patrol 21:40/.test(page.reads()));
  assert.deepEqual((await browser.store.all("outbox")).map(({ type }) => type), ["patrol"]);
});

test("an undo that this phone has no room for is said, and can be tapped again", async () => {
  const { browser, page } = await tonight({ from: saved });
  await page.until(() => /Undo/.test(page.reads()));
  const { add } = IDBObjectStore.prototype;
  IDBObjectStore.prototype.add = () => { throw new DOMException("full", "QuotaExceededError"); };
  page.press("Undo");
  await page.until(() => /Not undone\. This phone has no room left\. .* Undo/.test(page.reads()));
  IDBObjectStore.prototype.add = add;
  page.press("Undo");
  await page.until(() => /Undone\./.test(page.reads()));
  assert.deepEqual((await browser.store.all("outbox")).map(({ type }) => type), ["entry", "undo"]);
});
