/** The briefing is kept for one officer, believed only where it is one, and renewed without being sent twice. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { fetchBriefing, fetchPremises, keptBriefing, keptPremises, readBriefing } from "../../static/js/briefing.js";
import { arrive, leave } from "../../static/js/who.js";
import { ASHA, BEN, NOW, fakeFetch, fakeStore, itIs, phoneOf } from "./fake_phone.js";

const told = (officer = ASHA) => ({ officer, made_at: "2020-12-05T21:40:00Z", night: "2020-12-05", deployments: [], entries: [], tiles: [], over: { since: "2020-12-06T06:00:00Z" } });
const briefing = (officer) => ({ "/api/briefing": () => ({ json: told(officer), headers: { ETag: '"v1"' } }) });

test("what is not a briefing is not kept", async () => {
  for (const wrong of [null, {}, { officer: { id: "1" } }, { ...told(), entries: null }]) assert.equal(readBriefing(wrong), null);
  const store = fakeStore();
  fakeFetch({ "/api/briefing": () => ({ json: { welcome: "The Lamp WiFi" } }) });
  itIs(NOW);
  assert.deepEqual(await fetchBriefing(store), { kind: "none", who: null });
});

test("it is kept so that only its officer can read it", async () => {
  const store = fakeStore();
  itIs(NOW);
  fakeFetch(briefing());
  const { who } = await fetchBriefing(store);
  assert.deepEqual(await keptBriefing(store, who), { ...told(), over: { since: "2020-12-06T06:00:03Z" }, fetched: NOW });
  assert.equal(JSON.stringify(await store.get("briefings", ASHA.id)).includes("Asha"), false);
});

test("an unchanged one is not sent again, and its age starts anew", async () => {
  const store = fakeStore();
  itIs(NOW);
  fakeFetch(briefing());
  await fetchBriefing(store);
  const { asked } = fakeFetch({ "/api/briefing": () => ({ status: 304, text: "" }) });
  itIs(NOW + 5000);
  const { kind, who } = await fetchBriefing(store);
  assert.deepEqual([kind, asked[0].headers["If-None-Match"]], ["ours", '"v1"']);
  assert.equal((await keptBriefing(store, who)).fetched, NOW + 5000);
});

test("one that cannot be read any more is asked for whole", async () => {
  const store = fakeStore();
  itIs(NOW);
  fakeFetch(briefing());
  await fetchBriefing(store);
  const { asked } = fakeFetch(briefing());
  itIs(NOW + 80 * 3_600_000);
  await fetchBriefing(store);
  assert.equal(asked[0].headers["If-None-Match"], undefined);
});

test("signed out, the officer stays and can go on", async () => {
  const { store } = await phoneOf();
  fakeFetch({ "/api/briefing": () => ({ status: 401, json: { error: "signed-out" } }) });
  itIs(NOW);
  assert.deepEqual(await fetchBriefing(store), { kind: "signed-out", who: null });
  assert.equal((await store.get("settings", "here")).officer.id, ASHA.id);
});

test("another officer's session makes the first one leave", async () => {
  const { store } = await phoneOf();
  itIs(NOW);
  fakeFetch(briefing(BEN));
  const { who } = await fetchBriefing(store);
  assert.equal(who.officer.id, BEN.id);
  assert.equal(await store.get("keys", ASHA.id), undefined);
});

test("an answer that comes after its officer has left the phone lets nobody in again", async () => {
  for (const next of [null, BEN]) {
    const store = fakeStore();
    itIs(NOW);
    fakeFetch(briefing());
    await fetchBriefing(store);
    const late = async () => {
      await leave(store, ASHA.id);
      if (next) await arrive(store, next, NOW);
      return { json: told(ASHA) };
    };
    fakeFetch({ "/api/briefing": late });
    itIs(NOW);
    assert.deepEqual(await fetchBriefing(store), { kind: "none", who: null });
    assert.equal((await store.get("settings", "here"))?.officer.id, next?.id);
    assert.equal(await store.get("keys", ASHA.id), undefined);
  }
});

test("an answer that is late undoes nothing that was asked for after it", async () => {
  const { store, who } = await phoneOf();
  let answer;
  fakeFetch({ "/api/briefing": (_body, _headers, number) => (number === 1 ? new Promise((done) => { answer = done; }) : { json: { ...told(), night: "2020-12-06" } }) });
  itIs(NOW);
  const first = fetchBriefing(store);
  itIs(NOW + 1);
  await fetchBriefing(store);
  answer({ json: told() });
  await first;
  assert.equal((await keptBriefing(store, who)).night, "2020-12-06");
});

test("when its night is over goes by how far that was off, not by a phone’s clock that is hours wrong", async () => {
  for (const wrong of [-5, 0, 5]) {
    const store = fakeStore();
    const now = NOW + wrong * 3_600_000;
    fakeFetch({ "/api/briefing": () => ({ json: { ...told(), over: { since: "2020-12-06T06:00:00Z", night: "" } } }) });
    itIs(now);
    const { who } = await fetchBriefing(store);
    itIs(now + 8 * 3_600_000);
    assert.equal((await keptBriefing(store, who)).night, "2020-12-05");
    itIs(now + 9 * 3_600_000);
    assert.equal((await keptBriefing(store, who)).night, "");
  }
});

test("the register is fetched now and then, not each time", async () => {
  const { store, who } = await phoneOf();
  const { asked } = fakeFetch({ "/api/premises": () => ({ json: { premises: [[1, "The Lamp", "High St"]] } }) });
  itIs(NOW);
  await fetchPremises(store, who);
  itIs(NOW + 60_000);
  await fetchPremises(store, who);
  assert.equal(asked.length, 1);
  assert.deepEqual(await keptPremises(store, who), [[1, "The Lamp", "High St"]]);
});
