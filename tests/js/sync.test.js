/** Sending: only an answer that names a record counts, and each officer's go under their own name. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { confirm, mend, settle, unsent } from "../../static/js/outbox.js";
import { answersIn, batchOf, sendAll, sendQueue, sendable } from "../../static/js/sync.js";
import { BEN, ENTRY, NOW, fakeFetch, itIs, phoneOf, phoneWithPhotos, photo, shownWith, stored } from "./fake_phone.js";

async function phoneWith(count) {
  const phone = await phoneOf();
  for (let number = 1; number <= count; number += 1) {
    await confirm(phone.store, phone.who, { id: `e${number}`, type: "entry", kind: "other", fields: {} }, { shown: {}, now: NOW });
  }
  return phone;
}
itIs(NOW);
const send = (store) => sendQueue(store, 1);

test("everything goes under the phone's own token, in the order it was made", async () => {
  const { store } = await phoneWith(3);
  const { asked } = fakeFetch({ "/api/sync": ({ records }) => stored(records) });
  assert.equal((await send(store)).kind, "ours");
  assert.equal((await unsent(store)).count, 0);
  assert.deepEqual(asked.map((one) => one.path), ["/api/sync"]);
  assert.equal(asked[0].headers.Authorization, "Bearer t1");
  assert.deepEqual(asked[0].body.records.map((one) => one.id), ["e1", "e2", "e3"]);
  assert.deepEqual([asked[0].body.unsent, asked[0].body.oldest_unsent_at], [3, "2020-12-05T21:40:03Z"]);
});

for (const [name, answer] of Object.entries({
  "a WiFi sign-in page that answers 200": { text: "<html>Welcome to The Lamp</html>" },
  "a 200 with other JSON": { json: { ok: true } },
  "an answer about other records": { json: { answers: [{ id: "x", state: "stored", received_at: "2020-12-05T21:41:00Z" }] } },
  "half a reply": { text: '{"answers": [{"id": "e1", "sta' },
  "a state nobody knows": { json: { answers: [{ id: "e1", state: "eaten" }] } },
  "a mistake of the server": { status: 500, json: { error: "mistake" } },
  "a proxy that finds no server": { status: 502, text: "Bad gateway" },
  "a full disk": { status: 507, json: { error: "disk-full" } },
})) {
  test(`${name} proves nothing: all is kept and tried again`, async () => {
    const { store } = await phoneWith(2);
    fakeFetch({ "/api/sync": () => answer });
    assert.notEqual((await send(store)).kind, "ours");
    assert.equal((await unsent(store)).count, 2);
  });
}

test("no network keeps everything", async () => {
  const { store } = await phoneWith(1);
  fakeFetch({});
  assert.equal((await send(store)).kind, "none");
  assert.equal((await unsent(store)).count, 1);
});

test("the server is left alone for as long as it asks", async () => {
  const { store } = await phoneWith(1);
  const busy = () => ({ status: 429, json: { error: "too-many" }, headers: { "Retry-After": "7" } });
  fakeFetch({ "/api/sync": busy });
  assert.equal((await send(store)).wait, 7_000);
});

test("half the answers move half the records on", async () => {
  const { store } = await phoneWith(2);
  fakeFetch({ "/api/sync": ({ records }) => stored(records.slice(0, 1)) });
  assert.equal((await send(store)).kind, "none");
  assert.equal((await unsent(store)).count, 1);
});

test("too large a batch is halved until it goes; one record alone that is too large needs attention", async () => {
  const { store } = await phoneWith(5);
  const { asked } = fakeFetch({
    "/api/sync": ({ records }) => (records.length > 1 || records[0].id === "e3" ? { status: 413, json: { error: "too-large" } } : stored(records)),
  });
  assert.equal((await send(store)).kind, "ours");
  assert.deepEqual(asked.slice(0, 3).map((one) => one.body.records.length), [5, 2, 1]);
  assert.deepEqual([(await unsent(store)).count, (await unsent(store)).refused], [1, 1]);
});

test("a batch that the server cannot read is halved: one bad record holds up no other", async () => {
  const { store } = await phoneWith(3);
  const bad = ({ records }) => (records.some((one) => one.id === "e2") ? { status: 400, json: { error: "not-understood", message: "No." } } : stored(records));
  fakeFetch({ "/api/sync": bad });
  await send(store);
  assert.deepEqual([(await unsent(store)).count, (await unsent(store)).refused], [1, 1]);
});

test("a token that ended gives way to the session of the same officer, with a fresh CSRF token each time", async () => {
  const { store } = await phoneWith(1);
  let fresh = 0;
  const { asked } = fakeFetch({
    "/api/csrf": () => ({ json: { token: `c${(fresh += 1)}`, officer_id: 1 } }),
    "/api/sync": ({ records }, headers) => {
      if (headers.Authorization) return { status: 401, json: { error: "token-expired" } };
      return headers["X-CSRFToken"] === "c2" ? stored(records) : { status: 400, json: { error: "csrf" } };
    },
  });
  assert.equal((await send(store)).kind, "ours");
  assert.deepEqual(asked.map((one) => one.path), ["/api/sync", "/api/csrf", "/api/sync", "/api/csrf", "/api/sync"]);
});

test("nothing goes under the session of another officer", async () => {
  const { store } = await phoneWith(1);
  const { asked } = fakeFetch({
    "/api/csrf": () => ({ json: { token: "c", officer_id: 2 } }),
    "/api/sync": () => ({ status: 401, json: { error: "unknown-token" } }),
  });
  assert.equal((await send(store)).kind, "signed-out");
  assert.equal(asked.filter((one) => one.path === "/api/sync").length, 1);
  assert.equal((await unsent(store)).count, 1);
});

test("two officers on one phone: two queues, two tokens", async () => {
  const { store } = await phoneWith(1);
  const ben = await phoneOf(BEN);
  await store.put("devices", { id: "d2", token: "t2", expires_at: "2021-01-04T21:40:03Z" }, 2);
  await confirm(store, ben.who, { id: "b1", type: "entry", kind: "other", fields: {} }, { shown: {}, now: NOW });
  const { asked } = fakeFetch({ "/api/sync": ({ records }) => stored(records) });
  await sendAll(store, {}, { request: (_name, _options, work) => work({}) });
  const went = asked.map((one) => [one.headers.Authorization, one.body.records.map((record) => record.id)]);
  assert.deepEqual(went, [["Bearer t1", ["e1"]], ["Bearer t2", ["b1"]]]);
});

test("while another tab is sending, this one leaves it alone", async () => {
  const { store } = await phoneWith(1);
  const { asked } = fakeFetch({ "/api/sync": ({ records }) => stored(records) });
  const locks = { request: (_name, _options, work) => work(null) };
  assert.equal(await sendAll(store, {}, locks), null);
  assert.equal(asked.length, 0);
});

test("a tab that never says anything is not waited for for ever", async () => {
  const { store } = await phoneWith(1);
  fakeFetch({ "/api/sync": ({ records }) => stored(records) });
  const locks = { request: (_name, { steal }, work) => work(steal ? {} : null) };
  assert.equal((await sendAll(store, { steal: true }, locks)).kind, "ours");
  assert.equal((await unsent(store)).count, 0);
});

test("a revoked phone loses what it could read and keeps what waits", async () => {
  const { store, who } = await phoneWith(1);
  const revoked = ({ records }) => ({ json: { answers: [{ id: records[0].id, state: "waiting" }], device: { revoked: true } } });
  fakeFetch({ "/api/sync": revoked });
  await send(store);
  assert.equal(await store.get("keys", who.officer.id), undefined);
  assert.equal((await unsent(store)).count, 1);
});

test("a batch is cut where it gets long, and has one record at least", () => {
  const rows = [1, 2, 3].map((id) => ({ id, sealed: { ct: "x".repeat(600_000) } }));
  assert.equal(batchOf(rows).length, 1);
  assert.equal(batchOf(rows.map((row) => ({ ...row, sealed: { ct: "x" } })), 2).length, 2);
});

test("only well-formed answers are read", () => {
  const batch = [{ id: "e1" }];
  for (const body of [null, {}, { answers: {} }, { answers: [null, 3, { id: "e1" }] }]) assert.deepEqual(answersIn(body, batch), []);
});

test("photos go after every other record, a few at a time", async () => {
  const phone = await phoneWithPhotos(photo("p1", 150_000), photo("p2", 100_000));
  await confirm(phone.store, phone.who, { ...ENTRY, id: "e2" }, shownWith(photo("p3", 400_000)));
  const { asked } = fakeFetch({ "/api/sync": ({ records }) => stored(records) });
  await send(phone.store);
  assert.deepEqual(asked.map(({ body }) => body.records.map((one) => one.id)), [["e1", "e2"], ["p1"], ["p2"], ["p3"]]);
  assert.deepEqual(asked.map(({ body }) => body.unsent), [5, 3, 2, 1]);
  assert.equal((await unsent(phone.store)).count, 0);
});

test("small photos share a batch", () => {
  const rows = [1, 2, 3].map((id) => ({ id, type: "photo", size: 100_000, sealed: {} }));
  assert.deepEqual(batchOf(rows).map((row) => row.id), [1, 2]);
});

test("what was done about an entry that needs attention waits for it", async () => {
  const { store, who } = await phoneWithPhotos();
  await confirm(store, who, { id: "u1", type: "undo", entry_id: "e1" }, { shown: {}, now: NOW });
  await settle(store, { id: "e1", state: "rejected", problems: [] }, { key: who.key, now: NOW });
  assert.deepEqual(sendable(await store.all("outbox")), []);
  await mend(store, who, await store.find("e1"), { place: "The Crown" }, { shown: {} });
  assert.deepEqual(sendable(await store.all("outbox")).map((row) => row.id), ["e1", "u1"]);
});

test("photos of an entry that needs attention wait for it, and no others do", async () => {
  const { store, who } = await phoneWithPhotos(photo("p1"));
  await confirm(store, who, { ...ENTRY, id: "e2" }, shownWith(photo("p2")));
  await settle(store, { id: "e1", state: "rejected", problems: [] }, { key: who.key, now: NOW });
  assert.deepEqual(sendable(await store.all("outbox")).map((row) => row.id), ["e2", "p2"]);
  await mend(store, who, await store.find("e1"), { place: "The Crown" }, { shown: {} });
  assert.deepEqual(sendable(await store.all("outbox")).map((row) => row.id), ["e1", "e2", "p1", "p2"]);
});
