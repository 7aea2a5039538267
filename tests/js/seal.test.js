/** A sealed record opens for the server alone, under its own id alone. */
import assert from "node:assert/strict";
import { webcrypto } from "node:crypto";
import { test } from "node:test";
import { box, fromBase64url, newReadingKey, sealer, toBase64url, unbox } from "../../static/js/seal.js";
import { openedByServer, serverKeys } from "./fake_phone.js";

const RECORD = { id: "6b7c2a10-0d6e-4f5a-9d3b-2f1e0c9a8b7d", fields: { notes: "Caf\u00e9 \u{1F37A}" } };
const { subtle } = webcrypto;
const seal = async (record, server) => (await sealer(record.id, server)).seal(record);

async function openSeal(sealed, privateKey, id) {
  return JSON.parse(new TextDecoder().decode(await openedByServer({ id, sealed }, privateKey)));
}

test("the server opens what a phone sealed", async () => {
  const { given, privateKey } = await serverKeys();
  const sealed = await seal(RECORD, given);
  assert.deepEqual([sealed.v, sealed.kid], [1, "k1"]);
  assert.deepEqual(await openSeal(sealed, privateKey, RECORD.id), RECORD);
});

test("another server does not, nor does it open under another id", async () => {
  const { given, privateKey } = await serverKeys();
  const other = await serverKeys();
  const sealed = await seal(RECORD, given);
  await assert.rejects(openSeal(sealed, other.privateKey, RECORD.id));
  await assert.rejects(openSeal(sealed, privateKey, "00000000-0000-4000-8000-000000000000"));
});

test("what was made ready once seals again what is saved again, and no two seals are alike", async () => {
  const { given, privateKey } = await serverKeys();
  const ready = await sealer(RECORD.id, given);
  const [one, other] = [await ready.seal(RECORD), await ready.seal({ ...RECORD, fields: {} })];
  assert.deepEqual(await openSeal(one, privateKey, RECORD.id), RECORD);
  assert.deepEqual(await openSeal(other, privateKey, RECORD.id), { ...RECORD, fields: {} });
  assert.notEqual(one.iv, other.iv);
});

test("two seals of one record have nothing in common", async () => {
  const { given } = await serverKeys();
  const [one, other] = [await seal(RECORD, given), await seal(RECORD, given)];
  for (const part of ["epk", "iv", "ct"]) assert.notEqual(one[part], other[part]);
});

test("a box opens under its own key, which nobody can take out", async () => {
  const key = await newReadingKey();
  const boxed = await box(key, RECORD);
  assert.ok(boxed.ct instanceof ArrayBuffer);
  assert.deepEqual(await unbox(key, boxed), RECORD);
  assert.equal(await unbox(await newReadingKey(), boxed), null);
  assert.equal(await unbox(null, boxed), null);
  await assert.rejects(subtle.exportKey("raw", key));
});

test("base64url has no padding and comes back the same", () => {
  for (let length = 0; length < 5; length += 1) {
    const bytes = Uint8Array.from({ length }, (_, index) => 250 + index);
    const text = toBase64url(bytes);
    assert.match(text, /^[A-Za-z0-9_-]*$/);
    assert.deepEqual(fromBase64url(text), bytes);
  }
});
