/** The undo row stays about ten seconds, whatever the phone's clock says. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { boundedTime, timeLeft } from "../../static/js/undo_timer.js";

const NOW = Date.parse("2020-12-05T21:40:00Z");

test("what is left is counted to the moment given", () => {
  assert.equal(timeLeft("2020-12-05T21:40:07Z", NOW), 7000);
});

test("a moment that has passed leaves nothing", () => {
  assert.equal(timeLeft("2020-12-05T21:39:00Z", NOW), 0);
});

test("text that is no moment leaves nothing", () => {
  assert.equal(timeLeft("soon", NOW), 0);
});

test("a phone clock that is slow does not keep the row all night", () => {
  assert.equal(boundedTime(3_600_000), 10_000);
});

test("a phone clock that is fast does not take the row away unseen", () => {
  assert.equal(boundedTime(0), 3_000);
});
