/** The page about this phone: what waits, and the ways out. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { confirm } from "../../static/js/outbox.js";
import { whoIsHere } from "../../static/js/who.js";
import { logNote, newBrowser } from "./browser.js";
import { ENTRY, NOW, photo, shownWith } from "./fake_phone.js";

const WORDS = readFileSync(new URL("../../templates/shells/phone.html", import.meta.url), "utf8");

test("why it does not go is told without blame", async () => {
  const { obstacle } = await (await newBrowser()).open("/shell/phone", { at: "/phone" }).load("phone_page");
  assert.equal(obstacle({ unsent: { count: 1 }, device: { revoked: true } }), "revoked");
  assert.equal(obstacle({ unsent: { count: 1 }, signedOut: true, who: {} }), "signIn");
  assert.deepEqual([obstacle({ unsent: { count: 1 } }), obstacle({ unsent: { count: 1 }, who: {} })], ["signedOut", ""]);
  assert.equal(obstacle({ unsent: { count: 0 }, who: {} }), "");
  assert.match(WORDS, /data-revoked="[^"]*Call the coordinator/);
  assert.match(WORDS, /data-sign-in="[^"]*Nothing is lost/);
});

/** The page about Asha's phone, on which `notes` wait as patrol notes. */
async function phonePage({ notes = [], online = false } = {}) {
  const browser = await newBrowser();
  await browser.signIn();
  browser.online = false;
  for (const text of notes) await logNote(browser, text);
  browser.online = online;
  const page = browser.open("/shell/phone", { at: "/phone" });
  await page.load("phone_page");
  await page.until(() => /This phone .*(sent yet|is sent)/.test(page.reads()));
  return { browser, page };
}

test("a phone with nothing on it says so, and has nothing to send", async () => {
  const { page } = await phonePage();
  assert.match(page.reads(), /Everything on this phone is sent\./);
  assert.throws(() => page.button("Send now"));
});

test("it says whether the phone can be taken where there is no signal, before anybody goes", async () => {
  const { browser, page } = await phonePage();
  assert.match(page.reads(), /This phone is ready to work without signal\./);
  await browser.caches.delete("fieldlog-ready");
  const unready = browser.open("/shell/phone", { at: "/phone" });
  await unready.load("phone_page");
  await unready.until(() => /not ready to work without signal yet\. Stay on signal/.test(unready.reads()));
});

test("what waits stands there, oldest moment and all, and opens", async () => {
  const { page } = await phonePage({ notes: ["quiet", "still quiet"] });
  assert.match(page.reads(), /2 entries are on this phone and not sent yet\. The oldest is from 21:40\./);
  assert.match(page.reads(page.part("feed")), /21:40 Patrol note On this phone .*21:40 Patrol note On this phone/);
  page.link("Patrol note").click();
  assert.match(page.went[0], /^\/phone\/entry\/[0-9a-f-]{36}$/);
});

test("Send now says that it sends, and that everything is sent", async () => {
  const { browser, page } = await phonePage({ notes: ["quiet"], online: true });
  page.press("Send now");
  assert.match(page.reads(), /Sending…/);
  await page.until(() => /Everything is sent, 21:40\. .*Everything on this phone is sent\./.test(page.reads()));
  assert.deepEqual(browser.received.map(({ fields }) => fields.notes), ["quiet"]);
});

test("without an answer everything is still here, and it says so", async () => {
  const { browser, page } = await phonePage({ notes: ["quiet"] });
  page.press("Send now");
  await page.until(() => /1 is still here\. There was no answer; it is tried again by itself\./.test(page.reads()));
  assert.deepEqual(browser.received, []);
});

test("what waits can leave as a file for the coordinator", async () => {
  const { page } = await phonePage({ notes: ["quiet"] });
  page.fold("Export what is on this phone").open = true;
  page.press("Save the file");
  await page.until(() => /Saved as fieldlog-unsent-2020-12-05\.json\. Give it to the coordinator\./.test(page.reads()));
  const { records } = JSON.parse(await page.files[0].text());
  assert.equal(records.length, 1);
});

test("a phone is given a name that the coordinator sees", async () => {
  const { browser, page } = await phonePage({ online: true });
  const named = [];
  browser.answers["/api/devices"] = ({ name }) => {
    named.push(name);
    return { json: { device: "d1", token: "t1", name, expires_at: "2021-01-04T21:40:03Z", server_key: browser.server.given } };
  };
  page.fold("Name of this phone").open = true;
  page.type(page.field("Name of this phone"), "Shared phone 2");
  page.press("Change the name");
  await page.until(() => /This phone is called Shared phone 2\./.test(page.reads()));
  assert.deepEqual(named, ["Shared phone 2"]);
});

test("without signal the name stays as it was, and it says so", async () => {
  const { page } = await phonePage();
  page.fold("Name of this phone").open = true;
  page.type(page.field("Name of this phone"), "Shared phone 2");
  page.press("Change the name");
  await page.until(() => /The name was not changed: the server did not answer/.test(page.reads()));
});

test("a browser that keeps nothing says so", async () => {
  const browser = await newBrowser();
  browser.indexedDB = undefined;
  const page = browser.open("/shell/phone", { at: "/phone" });
  await page.load("phone_page");
  await page.until(() => /This browser keeps nothing for fieldlog, so entries need signal\./.test(page.reads()));
});

test("photos are told apart, and what has waited too long or needs its officer is pointed out", async () => {
  const { browser, page } = await phonePage();
  const who = await whoIsHere(browser.store, NOW);
  await confirm(browser.store, who, ENTRY, { ...shownWith(photo("p1"), photo("p2")), now: NOW - 2 * 86_400_000 });
  await confirm(browser.store, who, { ...ENTRY, id: "e2" }, shownWith());
  await browser.store.change("e2", (row) => ({ ...row, state: "rejected" }));
  page.leave();
  const again = browser.open("/shell/phone", { at: "/phone" });
  await again.load("phone_page");
  await again.until(() => /2 entries are on this phone and not sent yet\. 2 photos are among what waits\. The oldest is from 21:40, 3 December\. One needs your attention: open it below\. It has waited for more than a day: find signal/.test(again.reads()));
});
