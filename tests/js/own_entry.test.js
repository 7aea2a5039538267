/** One of my entries as the phone knows it: the server’s word, and on top what was done here since. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { entryOf, startingPoint, strikeOf } from "../../static/js/own_entry.js";
import { NOW } from "./fake_phone.js";

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

test("an amendment starts from the latest that the phone knows of the entry", () => {
  const rows = [
    { id: "e1", type: "entry", state: "waiting", kept: { record: { fields: { place: "a" } } } },
    { id: "a1", type: "amendment", state: "waiting", entry_id: "e1", kept: { record: { entry_id: "e1", fields: { place: "b", reason: "typo" } } } },
  ];
  const briefing = { entries: [{ id: "s1", fields: { place: "c", seen_version: "2" } }, { id: "s2", fields: null }] };
  const from = (target, mode = "amend") => startingPoint({ rows, briefing }, { mode, target });
  assert.deepEqual(from("e1"), { after: "a1", fields: { place: "b", reason: "" } });
  assert.deepEqual(from("s1"), { fields: { place: "c", seen_version: "2" } });
  assert.equal(from("s2"), null);
  assert.equal(from("a1", "mend").row.id, "a1");
  assert.equal(from("zz", "mend"), null);
  assert.deepEqual(from("", "new"), {});
});
