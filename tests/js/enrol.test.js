/** A phone is enrolled for one officer, and its token is changed before it ends. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { enrol, renew } from "../../static/js/enrol.js";
import { NOW, fakeFetch, fakeStore, itIs, phoneOf } from "./fake_phone.js";

const given = { device: "d9", name: "Asha’s phone", token: "t9", expires_at: "2021-01-04T00:00:00Z", server_key: { kid: "k", point: "p" } };
const devices = { "/api/csrf": () => ({ json: { token: "c", officer_id: 1 } }), "/api/devices": () => ({ json: given }), "/api/devices/rotate": () => ({ json: given }) };

test("a phone is enrolled once, and again before its token ends", async () => {
  const store = fakeStore();
  const { asked } = fakeFetch(devices);
  itIs(NOW);
  assert.equal(await enrol(store, 1), true);
  assert.equal(await enrol(store, 1), true);
  assert.equal(asked.length, 2);
  itIs(Date.parse("2020-12-25T00:00:00Z"));
  await enrol(store, 1);
  assert.deepEqual(asked.at(-1).body, { device: "d9" });
});

test("it is not enrolled for whoever else is signed in", async () => {
  const store = fakeStore();
  fakeFetch(devices);
  itIs(NOW);
  assert.equal(await enrol(store, 2), false);
  assert.equal(await store.get("devices", 2), undefined);
});

test("a token that will end is changed with the token itself", async () => {
  const { store } = await phoneOf();
  const { asked } = fakeFetch(devices);
  itIs(NOW);
  await renew(store, 1);
  assert.equal(asked.length, 0);
  itIs(Date.parse("2020-12-25T00:00:00Z"));
  await renew(store, 1);
  assert.equal(asked[0].headers.Authorization, "Bearer t1");
  assert.equal((await store.get("devices", 1)).token, "t9");
});
