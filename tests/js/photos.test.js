/** Photos: small enough to send, and kept with the half-filled form for their officer alone. */
import assert from "node:assert/strict";
import { webcrypto } from "node:crypto";
import { test } from "node:test";
import { fitted, keepPhotos, keptPhotos, shrunk } from "../../static/js/photos.js";
import { BEN, NOW, jpeg, phoneOf, photo } from "./fake_phone.js";

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
