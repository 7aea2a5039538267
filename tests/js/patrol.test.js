/** The patrol of Tonight: what the phone and the server know of it, put together. */
import assert from "node:assert/strict";
import test from "node:test";
import { patrolNow, saysLength } from "../../static/js/patrol.js";

const at = (clock) => `2020-12-05T${clock}:00Z`;
const now = (clock) => Date.parse(at(clock));
const told = (event, clock, more = {}) => ({ id: `${event} ${clock}`, event, at: at(clock), patrol: "p", ...more });
const start = { id: "p", event: "start", at: at("18:05") };
const row = (event, clock, more = {}) => ({
  type: "patrol", state: "waiting",
  kept: { record: { id: `${event} ${clock}`, captured_at: at(clock), fields: { event, patrol: "p", ...more } } },
});

test("there is none before one was started", () => {
  assert.equal(patrolNow(null, [], 0), null);
  assert.equal(patrolNow({ patrol: [] }, [{ type: "entry" }], 0), null);
});

test("it lasts from the start until now", () => {
  const found = patrolNow({ patrol: [start] }, [], now("20:15"));
  assert.equal(saysLength(found.length), "2 h 10");
  assert.equal(found.last.event, "start");
});

test("what waits on the phone goes on top of what the server knows, and nothing counts twice", () => {
  const patrol = [start, told("pause", "19:00")];
  const rows = [row("pause", "19:00"), row("resume", "19:30"), row("finish", "20:00")];
  const found = patrolNow({ patrol }, rows, now("23:00"));
  assert.equal(saysLength(found.length), "1 h 25");
  assert.equal(found.last.event, "finish");
});

test("a finish that was taken back lets it run on", () => {
  const rows = [row("finish", "20:00"), row("undo", "20:01", { undoes: "finish 20:00" })];
  const found = patrolNow({ patrol: [start] }, rows, now("20:05"));
  assert.equal(found.last.event, "start");
  assert.equal(saysLength(found.length), "2 h 00");
});

test("the coordinator's closing ends it", () => {
  assert.equal(patrolNow({ patrol: [start, told("close", "19:05")] }, [], now("23:00")).last.event, "close");
});

test("what the server refused does not count, and what waits for the coordinator does not yet", () => {
  for (const state of ["rejected", "set-aside"]) {
    const refused = { ...row("finish", "20:00"), state };
    assert.equal(patrolNow({ patrol: [start] }, [refused], now("20:05")).last.event, "start");
  }
});

test("a new patrol is another one", () => {
  const rows = [{ type: "patrol", state: "waiting", kept: { record: { id: "q", captured_at: at("21:00"), fields: { event: "start" } } } }];
  const found = patrolNow({ patrol: [start, told("finish", "20:00")] }, rows, now("21:30"));
  assert.equal(found.id, "q");
  assert.equal(saysLength(found.length), "0 h 30");
});
