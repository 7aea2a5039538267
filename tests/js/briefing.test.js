/** The briefing is kept for one officer, believed only where it is one, and renewed without being sent twice. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { fetchBriefing, fetchPremises, keptBriefing, keptPremises, readBriefing } from "../../static/js/briefing.js";
import { arrive, leave } from "../../static/js/who.js";
import { ASHA, BEN, NOW, fakeFetch, fakeStore, phoneOf } from "./fake_phone.js";

const told = (officer = ASHA) => ({ officer, made_at: "2020-12-05T21:40:00Z", night: "2020-12-05", deployments: [], entries: [], tiles: [] });
const briefing = (officer) => ({ "/api/briefing": () => ({ json: told(officer), headers: { ETag: '"v1"' } }) });

test("what is not a briefing is not kept", async () => {
  for (const wrong of [null, {}, { officer: { id: "1" } }, { ...told(), entries: null }]) assert.equal(readBriefing(wrong), null);
  const store = fakeStore();
  fakeFetch({ "/api/briefing": () => ({ json: { welcome: "The Lamp WiFi" } }) });
  assert.deepEqual(await fetchBriefing(store, { now: NOW }), { kind: "none", who: null });
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
  const { asked } = fakeFetch({ "/api/briefing": () => ({ status: 304, text: "" }) });
  const { kind, who } = await fetchBriefing(store, { now: NOW + 5000 });
  assert.deepEqual([kind, asked[0].headers["If-None-Match"]], ["ours", '"v1"']);
  assert.equal((await keptBriefing(store, who)).fetched, NOW + 5000);
});

test("one that cannot be read any more is asked for whole", async () => {
  const store = fakeStore();
  await fetchBriefing(store, { now: NOW, fetch: fakeFetch(briefing()).fetch });
  const { asked } = fakeFetch(briefing());
  await fetchBriefing(store, { now: NOW + 80 * 3_600_000 });
  assert.equal(asked[0].headers["If-None-Match"], undefined);
});

test("signed out, the officer stays and can go on", async () => {
  const { store } = await phoneOf();
  fakeFetch({ "/api/briefing": () => ({ status: 401, json: { error: "signed-out" } }) });
  assert.deepEqual(await fetchBriefing(store, { now: NOW }), { kind: "signed-out", who: null });
  assert.equal((await store.get("settings", "here")).officer.id, ASHA.id);
});

test("another officer's session makes the first one leave", async () => {
  const { store } = await phoneOf();
  const { who } = await fetchBriefing(store, { now: NOW, fetch: fakeFetch(briefing(BEN)).fetch });
  assert.equal(who.officer.id, BEN.id);
  assert.equal(await store.get("keys", ASHA.id), undefined);
});

test("an answer that comes after its officer has left the phone lets nobody in again", async () => {
  for (const next of [null, BEN]) {
    const store = fakeStore();
    await fetchBriefing(store, { now: NOW, fetch: fakeFetch(briefing()).fetch });
    const late = async () => {
      await leave(store, ASHA.id);
      if (next) await arrive(store, next, NOW);
      return { json: told(ASHA) };
    };
    fakeFetch({ "/api/briefing": late });
    assert.deepEqual(await fetchBriefing(store, { now: NOW }), { kind: "none", who: null });
    assert.equal((await store.get("settings", "here"))?.officer.id, next?.id);
    assert.equal(await store.get("keys", ASHA.id), undefined);
  }
});

test("an answer that is late undoes nothing that was asked for after it", async () => {
  const { store, who } = await phoneOf();
  let answer;
  fakeFetch({ "/api/briefing": (_body, _headers, number) => (number === 1 ? new Promise((done) => { answer = done; }) : { json: { ...told(), night: "2020-12-06" } }) });
  const first = fetchBriefing(store, { now: NOW });
  await fetchBriefing(store, { now: NOW + 1 });
  answer({ json: told() });
  await first;
  assert.equal((await keptBriefing(store, who)).night, "2020-12-06");
});

test("the register is fetched now and then, not each time", async () => {
  const { store, who } = await phoneOf();
  const { asked } = fakeFetch({ "/api/premises": () => ({ json: { premises: [[1, "The Lamp", "High St"]] } }) });
  await fetchPremises(store, who, { now: NOW });
  await fetchPremises(store, who, { now: NOW + 60_000 });
  assert.equal(asked.length, 1);
  assert.deepEqual(await keptPremises(store, who), [[1, "The Lamp", "High St"]]);
});
