/** The briefing is kept for one officer, believed only where it is one, and renewed without being sent twice. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { fetchBriefing, fetchPremises, keptBriefing, keptPremises, readBriefing } from "../../static/js/briefing.js";
import { enrol, renew } from "../../static/js/enrol.js";
import { ASHA, BEN, NOW, fakeFetch, fakeStore, phoneOf } from "./fake_phone.js";

const told = (officer = ASHA) => ({ officer, made_at: "2020-12-05T21:40:00Z", night: "2020-12-05", deployments: [], entries: [], tiles: [] });
const briefing = (officer) => ({ "/api/briefing": () => ({ json: told(officer), headers: { ETag: '"v1"' } }) });

test("what is not a briefing is not kept", async () => {
  for (const wrong of [null, {}, { officer: { id: "1" } }, { ...told(), entries: null }]) assert.equal(readBriefing(wrong), null);
  const store = fakeStore();
  const { fetch } = fakeFetch({ "/api/briefing": () => ({ json: { welcome: "The Lamp WiFi" } }) });
  assert.deepEqual(await fetchBriefing(store, { now: NOW, fetch }), { kind: "none", who: null });
});

test("it is kept so that only its officer can read it", async () => {
  const store = fakeStore();
  const { who } = await fetchBriefing(store, { now: NOW, fetch: fakeFetch(briefing()).fetch });
  assert.deepEqual(await keptBriefing(store, who), { ...told(), fetched: NOW });
  assert.equal(JSON.stringify(await store.get("briefings", ASHA.id)).includes("Asha"), false);
});

test("an unchanged one is not sent again, and its age starts anew", async () => {
  const store = fakeStore();
  await fetchBriefing(store, { now: NOW, fetch: fakeFetch(briefing()).fetch });
  const { fetch, asked } = fakeFetch({ "/api/briefing": () => ({ status: 304, text: "" }) });
  const { kind, who } = await fetchBriefing(store, { now: NOW + 5000, fetch });
  assert.deepEqual([kind, asked[0].headers["If-None-Match"]], ["ours", '"v1"']);
  assert.equal((await keptBriefing(store, who)).fetched, NOW + 5000);
});

test("one that cannot be read any more is asked for whole", async () => {
  const store = fakeStore();
  await fetchBriefing(store, { now: NOW, fetch: fakeFetch(briefing()).fetch });
  const { fetch, asked } = fakeFetch(briefing());
  await fetchBriefing(store, { now: NOW + 80 * 3_600_000, fetch });
  assert.equal(asked[0].headers["If-None-Match"], undefined);
});

test("signed out, the officer stays and can go on", async () => {
  const { store } = await phoneOf();
  const { fetch } = fakeFetch({ "/api/briefing": () => ({ status: 401, json: { error: "signed-out" } }) });
  assert.deepEqual(await fetchBriefing(store, { now: NOW, fetch }), { kind: "signed-out", who: null });
  assert.equal((await store.get("settings", "here")).officer.id, ASHA.id);
});

test("another officer's session makes the first one leave", async () => {
  const { store } = await phoneOf();
  const { who } = await fetchBriefing(store, { now: NOW, fetch: fakeFetch(briefing(BEN)).fetch });
  assert.equal(who.officer.id, BEN.id);
  assert.equal(await store.get("keys", ASHA.id), undefined);
});

test("the register is fetched now and then, not each time", async () => {
  const { store, who } = await phoneOf();
  const { fetch, asked } = fakeFetch({ "/api/premises": () => ({ json: { premises: [[1, "The Lamp", "High St"]] } }) });
  await fetchPremises(store, who, { now: NOW, fetch });
  await fetchPremises(store, who, { now: NOW + 60_000, fetch });
  assert.equal(asked.length, 1);
  assert.deepEqual(await keptPremises(store, who), [[1, "The Lamp", "High St"]]);
});

const given = { device: "d9", name: "Asha’s phone", token: "t9", expires_at: "2021-01-04T00:00:00Z", server_key: { kid: "k", point: "p" } };
const devices = { "/api/csrf": () => ({ json: { token: "c", officer_id: 1 } }), "/api/devices": () => ({ json: given }), "/api/devices/rotate": () => ({ json: given }) };

test("a phone is enrolled once, and again before its token ends", async () => {
  const store = fakeStore();
  const { fetch, asked } = fakeFetch(devices);
  assert.equal(await enrol(store, 1, { now: NOW, fetch }), true);
  assert.equal(await enrol(store, 1, { now: NOW, fetch }), true);
  assert.equal(asked.length, 2);
  await enrol(store, 1, { now: Date.parse("2020-12-25T00:00:00Z"), fetch });
  assert.deepEqual(asked.at(-1).body, { device: "d9" });
});

test("it is not enrolled for whoever else is signed in", async () => {
  const store = fakeStore();
  const { fetch } = fakeFetch(devices);
  assert.equal(await enrol(store, 2, { now: NOW, fetch }), false);
  assert.equal(await store.get("devices", 2), undefined);
});

test("a token that will end is changed with the token itself", async () => {
  const { store } = await phoneOf();
  const { fetch, asked } = fakeFetch(devices);
  await renew(store, 1, { now: NOW, fetch });
  assert.equal(asked.length, 0);
  await renew(store, 1, { now: Date.parse("2020-12-25T00:00:00Z"), fetch });
  assert.equal(asked[0].headers.Authorization, "Bearer t1");
  assert.equal((await store.get("devices", 1)).token, "t9");
});
