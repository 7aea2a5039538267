/** A tap has an id of its own, and answers are read only where they are ours. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { inTurn, measureOf, newId, readState } from "../../static/js/tally.js";

test("an id is a version 4 UUID whatever the random bytes", () => {
  const shape = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
  assert.match(newId((bytes) => bytes.fill(0)), shape);
  assert.match(newId((bytes) => bytes.fill(255)), shape);
  assert.match(newId(), shape);
});

test("no two taps have the same id", () => {
  assert.equal(new Set(Array.from({ length: 500 }, () => newId())).size, 500);
});

test("a tile knows its measure", () => {
  assert.equal(measureOf("spoken_to 0b1c"), "spoken_to");
});

test("only an answer of ours is read", () => {
  assert.deepEqual(readState({ text: "1 person spoken to, 21:40", undo: "/x" }).undo, "/x");
  for (const other of [null, [], {}, { text: 1 }, "welcome to the Lamp's WiFi"]) {
    assert.equal(readState(other), null);
  }
});

test("one thing is done after the other, also after a failure", async () => {
  const turn = inTurn();
  const done = [];
  const slow = turn(async () => { await null; done.push("slow"); throw new Error("no signal"); });
  const next = turn(async () => { done.push("next"); });
  await assert.rejects(slow);
  await next;
  assert.deepEqual(done, ["slow", "next"]);
});
