/** What can be read on a phone is for whoever is signed in on it, and not for ever. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { READABLE_FOR, arrive, leave, whoIsHere } from "../../static/js/who.js";
import { newBrowser } from "./browser.js";
import { ASHA, BEN, NOW, fakeStore, phoneOf } from "./fake_phone.js";

test("nobody is here before anybody has signed in", async () => {
  assert.equal(await whoIsHere(fakeStore(), NOW), null);
});

test("an officer who is recognised gets a key and keeps it", async () => {
  const store = fakeStore();
  const { key } = await arrive(store, ASHA, NOW);
  assert.equal((await whoIsHere(store, NOW + 1000)).key, key);
  assert.equal((await arrive(store, ASHA, NOW + 2000)).key, key);
});

test("after signing out nothing of theirs can be read, and nobody is here", async () => {
  const { store } = await phoneOf();
  await store.put("briefings", { told: 1 }, ASHA.id);
  await leave(store, ASHA.id);
  assert.equal(await whoIsHere(store, NOW), null);
  assert.equal(await store.get("keys", ASHA.id), undefined);
  assert.equal(await store.get("briefings", ASHA.id), undefined);
});

test("another officer who signs in makes the first one leave", async () => {
  const { store } = await phoneOf();
  const { officer } = await arrive(store, BEN, NOW);
  assert.equal(officer.id, BEN.id);
  assert.equal(await store.get("keys", ASHA.id), undefined);
});

test("after 72 hours without contact nothing kept can be read, and logging goes on", async () => {
  const { store, who } = await phoneOf();
  assert.equal((await whoIsHere(store, NOW + READABLE_FOR)).key, who.key);
  const later = await whoIsHere(store, NOW + READABLE_FOR + 1);
  assert.equal(later.officer.id, ASHA.id);
  assert.notEqual(later.key, who.key);
  // What is logged from then on can be read on the next page too.
  assert.equal((await whoIsHere(store, NOW + READABLE_FOR + 2)).key, later.key);
});

test("signing out takes the premises that were kept for them, too", async () => {
  const { store } = await phoneOf();
  await store.put("briefings", { told: 1 }, `premises ${ASHA.id}`);
  await leave(store, ASHA.id);
  assert.deepEqual(await store.all("briefings"), []);
});

test("an officer who leaves does not sign out another one who is here", async () => {
  const { store, who } = await phoneOf();
  await leave(store, BEN.id);
  assert.equal((await whoIsHere(store, NOW)).key, who.key);
});

test("the pages open from the phone while an officer is ready, and not after they have left", async () => {
  const browser = await newBrowser();
  const { leave: leaveHere, setReady } = await browser.open("/tonight").load("who");
  await phoneOf(ASHA, browser.store);
  await setReady(true);
  assert.equal(await browser.caches.has("fieldlog-ready"), true);
  await leaveHere(browser.store, ASHA.id);
  assert.equal(await browser.caches.has("fieldlog-ready"), false);
});
