/** The feed: what the server has, and on top what this phone has that the server has not. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { counted, lines } from "../../static/js/feed.js";
import { opened, settle } from "../../static/js/outbox.js";
import { NOW, phoneWithPhotos, photo } from "./fake_phone.js";

const BRIEFING = {
  made_at: "2020-12-05T21:45:00Z",
  night: "2020-12-05",
  entries: [{ id: "s1", night_of: "2020-12-05", kind_code: "encounter", at: "2020-12-05T21:00:00Z", time: "21:00", title: "Encounter", line: "4 people spoken to", states: [{ label: "Sent 21:00", tone: "good" }], struck: false, href: "/phone/entry/s1", fields: {} }],
};
const row = (more) => ({
  id: "p1", type: "entry", entry_id: null, state: "waiting", captured_at: "2020-12-05T21:50:00Z",
  kept: { record: { kind: "premises-visit" }, shown: { kind: "premises-visit", title: "The Lamp", line: "Advice given", counts: { spoken_to: 3 } } }, ...more,
});
const answer = (id, state) => ({ id, state, problems: [], received_at: "2020-12-05T21:41:00Z" });
const labels = (line) => line.states.map((state) => state.label);

test("the latest is on top, each with its state", () => {
  const all = lines([row()], BRIEFING);
  assert.deepEqual(all.map((line) => [line.title, labels(line)]), [["The Lamp", ["On this phone"]], ["Encounter", ["Sent 21:00"]]]);
  assert.equal(all[1].href, "/phone/entry/s1");
});

test("entries of the night before stay off tonight's feed until this phone changes one", () => {
  const before = { ...BRIEFING, night: "2020-12-06" };
  assert.deepEqual(lines([], before), []);
  assert.deepEqual(lines([row({ id: "u1", type: "undo", entry_id: "s1" })], before).map((line) => line.id), ["s1"]);
});

test("an entry is shown once, also when the briefing already tells of it", () => {
  const sent = row({ state: "stored", received_at: "2020-12-05T21:44:00Z", id: "s1" });
  assert.deepEqual(lines([sent], BRIEFING).map((line) => line.id), ["s1"]);
  const later = row({ state: "stored", received_at: "2020-12-05T21:51:00Z" });
  assert.deepEqual(labels(lines([later], BRIEFING)[0]), ["Sent 21:51"]);
});

test("a change made on the phone shows on the entry it changes", () => {
  const undo = row({ id: "u1", type: "undo", entry_id: "s1" });
  const [line] = lines([undo], BRIEFING);
  assert.deepEqual([labels(line), line.struck], [["Undone", "On this phone"], true]);
  const amended = row({ id: "a1", type: "amendment", entry_id: "s1" });
  const [mine] = lines([amended], BRIEFING);
  assert.deepEqual([mine.title, labels(mine), mine.struck], ["The Lamp", ["Amended", "On this phone"], false]);
});

test("what the server refused says why and opens to be mended", () => {
  const [line] = lines([row({ state: "rejected", said: [{ field: "minutes", message: "At most 1,440." }] })], null);
  assert.deepEqual([labels(line), line.why, line.href], [["Needs attention"], "At most 1,440.", "/phone/mend/premises-visit/p1"]);
});

test("what was refused stays in sight whatever was done about its entry since", () => {
  const why = { state: "rejected", said: [{ field: "minutes", message: "At most 1,440." }] };
  const undo = row({ id: "u1", type: "undo", entry_id: "p1" });
  const amended = row({ id: "a1", type: "amendment", entry_id: "p1" });
  for (const rows of [[row(why), undo], [{ ...amended, ...why }, row({ id: "a2", type: "amendment", entry_id: "p1" })]]) {
    const [line] = lines(rows, null);
    assert.deepEqual([labels(line), line.why], [["Needs attention"], "At most 1,440."]);
    assert.match(line.href, /^\/phone\/mend\/premises-visit\/[pa]1$/);
  }
});

test("what cannot be read any more is still there", () => {
  const [line] = lines([row({ kept: null })], null);
  assert.deepEqual([line.title, labels(line)], ["Sealed entry", ["On this phone"]]);
});

test("counts on the phone are added until the briefing has them, and taken back by an undo", () => {
  const undo = row({ id: "u", type: "undo", entry_id: "p1", kept: { record: {}, shown: { counts: { spoken_to: -3 } } } });
  assert.deepEqual(counted([row()], BRIEFING), { spoken_to: 3 });
  assert.deepEqual(counted([row(), undo], BRIEFING), { spoken_to: 0 });
  assert.deepEqual(counted([row({ state: "stored", received_at: "2020-12-05T21:44:00Z" })], BRIEFING), {});
  for (const state of ["rejected", "set-aside", "conflict"]) {
    assert.deepEqual(counted([row({ state })], BRIEFING), {}, state);
    assert.deepEqual(counted([row({ state }), undo], BRIEFING), {}, state);
  }
});

test("the feed says how many photos are to be sent, and which the coordinator has", async () => {
  const { store, who } = await phoneWithPhotos(photo("p1"), photo("p2"));
  const all = async () => lines(await opened(store, who), null).map((line) => line.states.map((one) => one.label));
  assert.deepEqual(await all(), [["On this phone", "2 photos to send"]]);
  await settle(store, answer("e1", "stored"), { key: who.key, now: NOW });
  await settle(store, answer("p1", "set-aside"), { key: who.key, now: NOW });
  assert.deepEqual(await all(), [["Sent 21:41", "Photo with the coordinator", "1 photo to send"]]);
});

test("a photo that outlasts its entry here still has its line", async () => {
  const { store, who } = await phoneWithPhotos(photo("p1"));
  const rows = (await opened(store, who)).filter((row) => row.id === "p1");
  const [line] = lines(rows, null);
  assert.deepEqual([line.id, line.title, line.href, line.states[0].label], ["e1", "The Lamp", "/entries/e1", "1 photo to send"]);
});
