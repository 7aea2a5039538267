/** Photos: small enough to send, kept with the draft, saved and sent with their entry and never in its way. */
import assert from "node:assert/strict";
import { webcrypto } from "node:crypto";
import { test } from "node:test";
import { exported } from "../../static/js/export_unsent.js";
import { lines } from "../../static/js/feed.js";
import { confirm, mend, opened, settle, unsent } from "../../static/js/outbox.js";
import { fitted, keepPhotos, keptPhotos, shrunk } from "../../static/js/photos.js";
import { fromBase64url } from "../../static/js/seal.js";
import { batchOf, sendQueue, sendable } from "../../static/js/sync.js";
import { BEN, NOW, fakeFetch, phoneOf, stored } from "./fake_phone.js";

const text = (bytes) => new TextDecoder().decode(bytes);
const jpeg = (size, first = 1) => new Uint8Array(size).fill(7).fill(first, 0, 1).buffer;
const photo = (id, size = 90) => ({ id, at: NOW - 60_000, sha256: "ab".repeat(32), bytes: jpeg(size) });
const ENTRY = { id: "e1", type: "entry", kind: "premises-visit", fields: { place: "The Lamp" } };
const details = (...photos) => ({ shown: { title: "The Lamp" }, now: NOW, photos });
const answer = (id, state) => ({ id, state, problems: [], received_at: "2020-12-05T21:41:00Z" });

async function phoneWith(...photos) {
  const phone = await phoneOf();
  await confirm(phone.store, phone.who, ENTRY, details(...photos));
  return phone;
}

/** What the server finds in a seal, by the words of the contract. */
async function openedByServer({ id, sealed }, server) {
  const { subtle } = webcrypto;
  const theirs = await subtle.importKey("raw", fromBase64url(sealed.epk), { name: "ECDH", namedCurve: "P-256" }, false, []);
  const shared = await subtle.deriveBits({ name: "ECDH", public: theirs }, server.privateKey, 256);
  const info = new TextEncoder().encode(`fieldlog record v1${id}`);
  const derived = await subtle.importKey("raw", shared, "HKDF", false, ["deriveKey"]);
  const key = await subtle.deriveKey({ name: "HKDF", hash: "SHA-256", salt: new Uint8Array(0), info }, derived, { name: "AES-GCM", length: 256 }, false, ["decrypt"]);
  const how = { name: "AES-GCM", iv: fromBase64url(sealed.iv), additionalData: new TextEncoder().encode(id) };
  return new Uint8Array(await subtle.decrypt(how, key, fromBase64url(sealed.ct)));
}

test("a picture is no larger than a screen needs, and no small one grows", () => {
  assert.deepEqual(fitted(4032, 3024, 1600), { width: 1600, height: 1200 });
  assert.deepEqual(fitted(3024, 4032, 1600), { width: 1200, height: 1600 });
  assert.deepEqual(fitted(640, 480, 1600), { width: 640, height: 480 });
});

test("a photo is drawn coarser until it is small enough to send", async () => {
  const sizes = { 0.75: 900_000, 0.5: 450_000, 0.25: 200_000 };
  const draw = async () => async (quality) => ({ arrayBuffer: async () => jpeg(sizes[quality]) });
  const kept = await shrunk({}, NOW, { enough: "500000" }, draw);
  assert.deepEqual([kept.bytes.byteLength, kept.at], [450_000, NOW]);
  const hash = Buffer.from(await webcrypto.subtle.digest("SHA-256", jpeg(450_000))).toString("hex");
  assert.equal(kept.sha256, hash);
});

test("what is no picture is refused", async () => {
  await assert.rejects(shrunk({}, NOW, {}, () => Promise.reject(new Error("EncodingError"))));
});

test("the photos of a half-filled form are there again, for their officer alone", async () => {
  const { store, who } = await phoneOf();
  await keepPhotos(store, who, "e1", [photo("p1"), photo("p2")]);
  assert.ok((await store.get("photos", "e1")).every((one) => one.boxed.ct instanceof ArrayBuffer && !one.bytes));
  assert.deepEqual(await keptPhotos(store, who, "e1"), [photo("p1"), photo("p2")]);
  assert.deepEqual(await keptPhotos(store, (await phoneOf(BEN)).who, "e1"), []);
  await keepPhotos(store, who, "e1", []);
  assert.equal(await store.get("photos", "e1"), undefined);
});

test("an entry and its photos are kept together, the bytes apart and as they are in the seal", async () => {
  const { store, server, who } = await phoneOf();
  await keepPhotos(store, who, "e1", [photo("p1")]);
  await confirm(store, who, ENTRY, { ...details(photo("p1")), draft: "e1" });
  assert.equal(await store.get("photos", "e1"), undefined);
  assert.ok((await store.get("photos", "p1")) instanceof ArrayBuffer);
  const [, row] = await opened(store, who);
  assert.deepEqual([row.type, row.entry_id, row.captured_at, row.sealed.ct], ["photo", "e1", "2020-12-05T21:39:03Z", undefined]);
  const { records } = await exported(store, NOW);
  const found = await openedByServer(records[1], server);
  const end = found.indexOf(0);
  assert.deepEqual(JSON.parse(text(found.slice(0, end))), {
    id: "p1", type: "photo", captured_at: "2020-12-05T21:39:03Z", officer_id: 1, fields: {}, entry_id: "e1", position: 1, sha256: "ab".repeat(32),
  });
  assert.deepEqual(found.slice(end + 1).buffer, photo("p1").bytes);
});

test("a second Save of the same form adds no photo", async () => {
  const { store, who } = await phoneWith(photo("p1"));
  const { other } = await confirm(store, who, ENTRY, details(photo("p2")));
  assert.deepEqual([other, (await store.all("outbox")).length], [false, 2]);
});

test("an entry with photos is one entry, and is not sent before they are", async () => {
  const { store, who } = await phoneWith(photo("p1"), photo("p2"));
  assert.deepEqual(await unsent(store), { count: 1, records: 3, photos: 2, oldest: "2020-12-05T21:39:03Z", refused: 0 });
  await settle(store, answer("e1", "stored"), { key: who.key, now: NOW });
  await settle(store, answer("p1", "stored"), { key: who.key, now: NOW });
  assert.deepEqual([(await unsent(store)).count, await store.get("photos", "p1")], [1, undefined]);
  await settle(store, answer("p2", "set-aside"), { key: who.key, now: NOW });
  assert.equal((await unsent(store)).count, 0);
});

test("photos go after every other record, a few at a time", async () => {
  const phone = await phoneWith(photo("p1", 150_000), photo("p2", 100_000));
  await confirm(phone.store, phone.who, { ...ENTRY, id: "e2" }, details(photo("p3", 400_000)));
  const { fetch, asked } = fakeFetch({ "/api/sync": ({ records }) => stored(records) });
  await sendQueue(phone.store, 1, { fetch, clock: () => NOW });
  assert.deepEqual(asked.map(({ body }) => body.records.map((one) => one.id)), [["e1", "e2"], ["p1"], ["p2"], ["p3"]]);
  assert.deepEqual(asked.map(({ body }) => body.unsent), [5, 3, 2, 1]);
  assert.equal((await unsent(phone.store)).count, 0);
});

test("small photos share a batch", () => {
  const rows = [1, 2, 3].map((id) => ({ id, type: "photo", size: 100_000, sealed: {} }));
  assert.deepEqual(batchOf(rows).map((row) => row.id), [1, 2]);
});

test("photos of an entry that needs attention wait for it, and no others do", async () => {
  const { store, who } = await phoneWith(photo("p1"));
  await confirm(store, who, { ...ENTRY, id: "e2" }, details(photo("p2")));
  await settle(store, answer("e1", "rejected"), { key: who.key, now: NOW });
  assert.deepEqual(sendable(await store.all("outbox")).map((row) => row.id), ["e2", "p2"]);
  await mend(store, who, await store.find("e1"), { place: "The Crown" }, { shown: {} });
  assert.deepEqual(sendable(await store.all("outbox")).map((row) => row.id), ["e1", "e2", "p1", "p2"]);
});

test("the feed says how many photos are to be sent, and which the coordinator has", async () => {
  const { store, who } = await phoneWith(photo("p1"), photo("p2"));
  const labels = async () => lines(await opened(store, who), null).map((line) => line.states.map((one) => one.label));
  assert.deepEqual(await labels(), [["On this phone", "2 photos to send"]]);
  await settle(store, answer("e1", "stored"), { key: who.key, now: NOW });
  await settle(store, answer("p1", "set-aside"), { key: who.key, now: NOW });
  assert.deepEqual(await labels(), [["Sent 21:41", "Photo with the coordinator", "1 photo to send"]]);
});

test("a photo that outlasts its entry here still has its line", async () => {
  const { store, who } = await phoneWith(photo("p1"));
  const rows = (await opened(store, who)).filter((row) => row.id === "p1");
  const [line] = lines(rows, null);
  assert.deepEqual([line.id, line.title, line.href, line.states[0].label], ["e1", "The Lamp", "/entries/e1", "1 photo to send"]);
});
