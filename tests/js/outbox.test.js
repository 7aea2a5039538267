/** Saved means saved, once; what the server answers moves a record on, and nothing else drops it. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { confirm, mend, opened, settle, tidy, toldOf, unsent, wired } from "../../static/js/outbox.js";
import { keepPhotos } from "../../static/js/photos.js";
import { BEN, ENTRY, NOW, openedByServer, phoneOf, phoneWithPhotos, photo, shownWith } from "./fake_phone.js";

const details = { shown: { title: "The Lamp" }, now: NOW };
const answer = (state, more = {}) => ({ id: "e1", state, problems: [], received_at: "2020-12-05T21:41:00Z", ...more });

test("a confirmed record is sealed, readable here, and waits", async () => {
  const { store, who } = await phoneOf();
  const row = await confirm(store, who, ENTRY, details);
  assert.deepEqual([row.state, row.officer_id, row.captured_at], ["waiting", 1, "2020-12-05T21:40:03Z"]);
  assert.equal(JSON.stringify(row).includes("Lamp"), false);
  const [found] = await opened(store, who);
  assert.deepEqual(found.kept.record, {
    id: "e1", type: "entry", kind: "premises-visit", captured_at: "2020-12-05T21:40:03Z", officer_id: 1, fields: { place: "The Lamp" },
  });
});

test("a seal that was made ready is used, unless the server has another key by now", async () => {
  const { store, server, who } = await phoneOf();
  const ready = { kid: server.given.kid, seal: async () => ({ v: 1, kid: "k1", ct: "made ready" }) };
  assert.equal((await confirm(store, who, ENTRY, { ...details, ready })).sealed.ct, "made ready");
  const later = await confirm(store, { ...who, server: { ...server.given, kid: "k2" } }, { ...ENTRY, id: "e2" }, { ...details, ready });
  assert.equal(later.sealed.kid, "k2");
  assert.notEqual(later.sealed.ct, "made ready");
});

test("the draft goes when the record is kept", async () => {
  const { store, who } = await phoneOf();
  await store.put("drafts", { id: "e1" }, "e1");
  await confirm(store, who, ENTRY, { ...details, draft: "e1" });
  assert.equal(await store.get("drafts", "e1"), undefined);
});

test("the same form saved twice is one record, and says so", async () => {
  const { store, who } = await phoneOf();
  await confirm(store, who, ENTRY, details);
  const second = await confirm(store, who, ENTRY, { ...details, now: NOW + 900 });
  assert.deepEqual([second.other, second.captured_at], [false, "2020-12-05T21:40:03Z"]);
  assert.equal((await confirm(store, who, { ...ENTRY, fields: { place: "The Crown" } }, details)).other, true);
  assert.equal((await unsent(store)).count, 1);
});

test("a change says which entry it changes and what it was made on top of", async () => {
  const { store, who } = await phoneOf();
  await confirm(store, who, { id: "a1", type: "amendment", entry_id: "e1", after: "e1", fields: { reason: "x" } }, details);
  const [{ kept }] = await opened(store, who);
  assert.deepEqual([kept.record.entry_id, kept.record.after, kept.record.kind], ["e1", "e1", undefined]);
});

for (const state of ["stored", "already-stored", "conflict", "set-aside"]) {
  test(`after ${state} the sealed copy goes`, async () => {
    const { store, who } = await phoneOf();
    await confirm(store, who, ENTRY, details);
    await settle(store, answer(state), { key: who.key, now: NOW });
    const row = await store.find("e1");
    assert.deepEqual([row.state, row.sealed, (await unsent(store)).count], [state, undefined, 0]);
  });
}

test("a refused record stays, with the server's words sealed away", async () => {
  const { store, who } = await phoneOf();
  await confirm(store, who, ENTRY, details);
  await settle(store, answer("rejected", { problems: [{ field: "minutes", message: "At most 1,440." }] }), { key: who.key, now: NOW });
  const row = await store.find("e1");
  assert.ok(row.sealed);
  assert.deepEqual(await unsent(store), { count: 1, records: 1, photos: 0, oldest: "2020-12-05T21:40:03Z", refused: 1 });
});

test("a record that has to wait for another is sent again as it is", async () => {
  const { store, who } = await phoneOf();
  await confirm(store, who, ENTRY, details);
  await settle(store, answer("waiting"), { key: who.key, now: NOW });
  assert.equal((await store.find("e1")).state, "waiting");
});

test("a mended record keeps its id and its moment, and waits again", async () => {
  const { store, who } = await phoneOf();
  await confirm(store, who, ENTRY, details);
  await settle(store, answer("rejected"), { key: who.key, now: NOW });
  await mend(store, who, await store.find("e1"), { place: "The Crown" }, { shown: { title: "The Crown" } });
  const [{ kept, state }] = await opened(store, who);
  assert.deepEqual([state, kept.record.fields.place, kept.record.captured_at], ["waiting", "The Crown", "2020-12-05T21:40:03Z"]);
});

test("an answer about a record that is settled already changes nothing", async () => {
  const { store, who } = await phoneOf();
  await confirm(store, who, ENTRY, details);
  await settle(store, answer("stored"), { key: who.key, now: NOW });
  await settle(store, answer("rejected"), { key: who.key, now: NOW });
  assert.equal((await store.find("e1")).state, "stored");
});

test("it lets go of what a briefing tells of, and of nothing that waits", async () => {
  const { store, who } = await phoneOf();
  await confirm(store, who, ENTRY, details);
  await tidy(store, "2020-12-06T00:00:00Z", NOW + 1e9);
  assert.equal((await unsent(store)).count, 1);
  await settle(store, answer("stored"), { key: who.key, now: NOW });
  await tidy(store, "2020-12-05T21:40:59Z", NOW);
  assert.ok(await store.find("e1"));
  assert.equal(toldOf(await store.find("e1"), "2020-12-05T21:41:00Z"), true);
  await tidy(store, "2020-12-05T21:41:00Z", NOW);
  assert.equal(await store.find("e1"), undefined);
});

test("another officer on the phone reads nothing of it", async () => {
  const { store, who } = await phoneOf();
  await confirm(store, who, ENTRY, details);
  const ben = await phoneOf(BEN);
  assert.deepEqual(await opened(store, ben.who), []);
  const [row] = await opened(store, { officer: who.officer, key: ben.who.key });
  assert.equal(row.kept, null);
});

test("an undo that came too late is mended as a strike, under its own id", async () => {
  const { store, who } = await phoneOf();
  const row = await confirm(store, who, { id: "u1", type: "undo", entry_id: "e1" }, { shown: { title: "x" }, now: NOW });
  await store.change("u1", (one) => ({ ...one, state: "rejected" }));
  await mend(store, who, row, { reason: "twice", seen_version: "1" }, { shown: {}, type: "strike" });
  const [mended] = await opened(store, who);
  assert.deepEqual([mended.state, mended.type, mended.kept.record.type, mended.kept.record.entry_id], ["waiting", "strike", "strike", "e1"]);
});

test("an entry and its photos are kept together, the bytes apart and as they are in the seal", async () => {
  const { store, server, who } = await phoneOf();
  await keepPhotos(store, who, "e1", [photo("p1")]);
  await confirm(store, who, ENTRY, { ...shownWith(photo("p1")), draft: "e1" });
  assert.equal(await store.get("photos", "e1"), undefined);
  assert.ok((await store.get("photos", "p1")) instanceof ArrayBuffer);
  const [, row] = await opened(store, who);
  assert.deepEqual([row.type, row.entry_id, row.captured_at, row.sealed.ct], ["photo", "e1", "2020-12-05T21:39:03Z", undefined]);
  const found = await openedByServer(await wired(store, row), server.privateKey);
  const end = found.indexOf(0);
  assert.deepEqual(JSON.parse(new TextDecoder().decode(found.slice(0, end))), {
    id: "p1", type: "photo", captured_at: "2020-12-05T21:39:03Z", officer_id: 1, fields: {}, entry_id: "e1", position: 1, sha256: "ab".repeat(32),
  });
  assert.deepEqual(found.slice(end + 1).buffer, photo("p1").bytes);
});

test("a second Save of the same form adds no photo", async () => {
  const { store, who } = await phoneWithPhotos(photo("p1"));
  const { other } = await confirm(store, who, ENTRY, shownWith(photo("p2")));
  assert.deepEqual([other, (await store.all("outbox")).length], [false, 2]);
});

test("an entry with photos is one entry, and is not sent before they are", async () => {
  const { store, who } = await phoneWithPhotos(photo("p1"), photo("p2"));
  assert.deepEqual(await unsent(store), { count: 1, records: 3, photos: 2, oldest: "2020-12-05T21:39:03Z", refused: 0 });
  await settle(store, answer("stored", { id: "e1" }), { key: who.key, now: NOW });
  await settle(store, answer("stored", { id: "p1" }), { key: who.key, now: NOW });
  assert.deepEqual([(await unsent(store)).count, await store.get("photos", "p1")], [1, undefined]);
  await settle(store, answer("set-aside", { id: "p2" }), { key: who.key, now: NOW });
  assert.equal((await unsent(store)).count, 0);
});
