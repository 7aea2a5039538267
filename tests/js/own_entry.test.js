/** My own entry as the phone knows it, what was sealed and is read again, and what the browser threw away. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { lostBy, lostWords } from "../../static/js/lost.js";
import { confirm, mend, opened } from "../../static/js/outbox.js";
import { entryOf, strikeOf } from "../../static/js/own_entry.js";
import { reopen } from "../../static/js/reopen.js";
import { newReadingKey, unbox } from "../../static/js/seal.js";
import { ASHA, NOW, fakeFetch, phoneOf } from "./fake_phone.js";

const ENTRY = {
  id: "e1", version: 2, night_of: "2020-12-04", kind_code: "premises-visit", at: "2020-12-04T21:00:00Z", states: [{ label: "Sent 21:00" }, { label: "Amended" }], href: "/phone/entry/e1",
  time: "21:00", title: "The Lamp", line: "Advice given", struck: false, fields: { place: "The Lamp" },
  rows: [["Premises", "The Lamp"]], times: [["Received", "21:00"]], versions: [{ title: "Version 2", text: "21:00" }],
  note: "Ben Cole visited The Lamp at 20:15 on the same night.", notes: ["Ben Cole visited The Lamp at 20:15 on the same night.", "The phone’s clock was 2 hours ahead."],
};
const BRIEFING = { made_at: "2020-12-05T21:30:00Z", night: "2020-12-05", entries: [ENTRY] };
const phone = (rows = [], briefing = BRIEFING) => ({ rows, briefing, sending: new Set() });
const change = (type, more = {}) => ({
  id: "c1", type, entry_id: "e1", state: "waiting", captured_at: "2020-12-05T21:40:00Z",
  kept: { record: { fields: { reason: "slip" } }, shown: { title: "The Crown", rows: [["Premises", "The Crown"]], kind: "premises-visit" } }, ...more,
});
const labels = (entry) => entry.states.map((state) => state.label);

test("an entry of the night before says all that the server said of it", () => {
  const entry = entryOf(phone(), "e1", NOW);
  assert.deepEqual([entry.title, entry.rows, entry.versions, entry.amend, entry.strike], ["The Lamp", ENTRY.rows, ENTRY.versions, "/phone/amend/premises-visit/e1", true]);
  assert.deepEqual(entry.notes, ENTRY.notes);
  assert.equal(entryOf(phone(), "e2", NOW), null);
});

test("an amendment on the phone is what the entry says, above the versions that the server has", () => {
  const entry = entryOf(phone([change("amendment")]), "e1", NOW);
  assert.deepEqual([entry.title, entry.rows, labels(entry)], ["The Crown", [["Premises", "The Crown"]], ["Amended", "On this phone"]]);
  assert.deepEqual(entry.versions[0], { title: "Amended on this phone", text: "21:40, On this phone. Reason: slip" });
  assert.deepEqual(strikeOf(phone([change("amendment")]), "e1", "twice"), { type: "strike", entry_id: "e1", after: "c1", fields: { reason: "twice", seen_version: "" } });
});

test("a strike names the version that was seen, and ends amending", () => {
  assert.deepEqual(strikeOf(phone(), "e1", "twice").fields, { reason: "twice", seen_version: "2" });
  const entry = entryOf(phone([change("strike")]), "e1", NOW);
  assert.deepEqual([entry.struck, entry.strike, entry.amend, entry.back, labels(entry)], [true, false, "", false, ["Struck", "On this phone"]]);
});

test("a refused strike leaves the entry standing, with the reason, to be struck again", () => {
  const refused = change("undo", { state: "rejected", said: [{ message: "It is too late to undo that in one tap." }] });
  const entry = entryOf(phone([refused]), "e1", NOW);
  assert.deepEqual([entry.struck, entry.strike, entry.refused, labels(entry)], [false, true, refused, ["Needs attention"]]);
  assert.match(entry.why, /too late/);
});

test("an entry that the server refused is mended before it can be struck", () => {
  const own = { ...change("entry", { state: "rejected" }), id: "p1", entry_id: null };
  own.kept.shown.kind = own.kept.record.kind = "encounter";
  const entry = entryOf(phone([own], null), "p1", NOW);
  assert.deepEqual([entry.amend, entry.strike], ["/phone/mend/encounter/p1", false]);
});

test("a change whose entry has left the phone stands for itself", () => {
  assert.equal(entryOf(phone([change("undo", { kept: { record: {}, shown: { counts: {} } } })], null), "e1", NOW).title, "Undone");
});

test("an undo that came too late is mended as a strike, under its own id", async () => {
  const { store, who } = await phoneOf();
  const row = await confirm(store, who, { id: "u1", type: "undo", entry_id: "e1" }, { shown: { title: "x" }, now: NOW });
  await store.change("u1", (one) => ({ ...one, state: "rejected" }));
  await mend(store, who, row, { reason: "twice", seen_version: "1" }, { shown: {}, type: "strike" });
  const [mended] = await opened(store, who);
  assert.deepEqual([mended.state, mended.type, mended.kept.record.type, mended.kept.record.entry_id], ["waiting", "strike", "strike", "e1"]);
});

test("what was refused while nobody could read it comes back to be mended", async () => {
  const { store, who } = await phoneOf();
  await confirm(store, who, { id: "e1", type: "entry", kind: "other", fields: { notes: "loud" } }, { shown: { title: "Other" }, now: NOW });
  await store.change("e1", (row) => ({ ...row, state: "rejected" }));
  const later = { ...who, key: await newReadingKey() };
  const record = { id: "e1", type: "entry", kind: "other", captured_at: "2020-12-05T21:40:03Z", officer_id: ASHA.id, fields: { notes: "loud", count_masks: "3" } };
  const { fetch, asked } = fakeFetch({
    "/api/csrf": () => ({ json: { token: "c1", officer_id: ASHA.id } }),
    "/api/unsealed": () => ({ json: { records: [{ record, title: "Other", rows: [["Notes", "loud"]] }] } }),
  });
  assert.equal(await reopen(store, later, { fetch }), true);
  const row = await store.find("e1");
  assert.equal(row.state, "waiting");
  assert.deepEqual((await unbox(later.key, row.readable)).shown, { title: "Other", rows: [["Notes", "loud"]], kind: "other", counts: { masks: 3 } });
  assert.deepEqual(Object.keys(asked[1].body.records[0]), ["id", "sealed"]);
  assert.equal(await reopen(store, later, { fetch }), false);
  assert.equal(asked.length, 2);
});

test("another officer's session opens nothing", async () => {
  const { store, who } = await phoneOf();
  await confirm(store, who, { id: "e1", type: "entry", kind: "other" }, { shown: {}, now: NOW });
  const { fetch, asked } = fakeFetch({ "/api/csrf": () => ({ json: { token: "c1", officer_id: 2 } }) });
  assert.equal(await reopen(store, { ...who, key: await newReadingKey() }, { fetch }), false);
  assert.equal(asked.length, 1);
});

test("a cookie of another store tells what was lost; one of this store tells nothing", () => {
  const cookie = "theme=dark; waiting=3.0a1b2c3d.2020-12-05T21:30:00Z; a=b";
  assert.deepEqual(lostBy(cookie, "ffffffff"), { count: 3, oldest: "2020-12-05T21:30:00Z" });
  assert.equal(lostBy(cookie, "0a1b2c3d"), null);
  assert.equal(lostBy("waiting=0.0a1b2c3d.", "ffffffff"), null);
  assert.equal(lostBy("", "ffffffff"), null);
  assert.match(lostWords({ count: 3, oldest: "2020-12-05T21:30:00Z" }, NOW), /3 not sent yet, the oldest from 21:30/);
});
