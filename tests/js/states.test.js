/** The states of an entry in words, and the line at the top of every page that counts what is not sent. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { stateOf } from "../../static/js/states.js";
import { logNote, newBrowser } from "./browser.js";

test("a record on its way says so", () => {
  assert.equal(stateOf({ id: "p1", state: "waiting" }, new Set(["p1"])).label, "Sending");
  assert.equal(stateOf({ id: "p1", state: "set-aside" }, new Set()).label, "With the coordinator");
});

/** The server's Tonight on Asha's phone, on which one note waits; `heard()` is what a screen reader was told last. */
async function withNote() {
  const browser = await newBrowser();
  await browser.signIn();
  browser.online = false;
  await logNote(browser, "quiet");
  const page = browser.open("/tonight");
  await page.start();
  return { browser, page, heard: () => page.document.querySelector("[data-unsent-said]").textContent, header: () => page.reads(page.document.querySelector("header")) };
}

test("what waits is counted at the top, and leads to the page about the phone", async () => {
  const { page, header, heard } = await withNote();
  await page.until(() => /1 on phone/.test(header()));
  await page.until(() => heard() === "1 entry is on this phone, and will be sent when there is a connection.");
  page.link("1 on phone").click();
  assert.deepEqual(page.went, ["/phone"]);
});

test("a screen reader hears once that everything is sent", async () => {
  const { browser, page, header, heard } = await withNote();
  await page.until(() => /connection/.test(heard()));
  browser.online = true;
  page.window.dispatchEvent(new page.window.Event("online"));
  await page.until(() => heard() === "Everything is sent.");
  assert.match(header(), /All sent/);
});

test("what the server refused is said before all else", async () => {
  const { browser, page, header, heard } = await withNote();
  browser.answers["/api/sync"] = ({ records }) => ({ json: { answers: records.map(({ id }) => ({ id, state: "rejected", problems: [] })) } });
  browser.online = true;
  page.window.dispatchEvent(new page.window.Event("online"));
  await page.until(() => /1 needs you/.test(header()));
  assert.equal(heard(), "An entry needs your attention.");
});

test("of several that wait, those that need their officer are counted alone", async () => {
  const { browser, page, header } = await withNote();
  await page.until(() => /1 on phone/.test(header()));
  browser.online = false;
  await logNote(browser, "quiet still");
  await page.until(() => /2 on phone/.test(header()));
  const [first] = await browser.store.all("outbox");
  browser.answers["/api/sync"] = () => ({ json: { answers: [{ id: first.id, state: "rejected", problems: [] }] } });
  browser.online = true;
  page.window.dispatchEvent(new page.window.Event("online"));
  await page.until(() => /1 needs you/.test(header()));
});
