/** Counters step and clamp, and never throw away what a person typed. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { canStep, readCount, stepCount } from "../../static/js/counters.js";

test("an empty count steps up from nought", () => {
  assert.equal(stepCount("", 1, 0, 9999), 1);
  assert.equal(stepCount("  ", 10, 0, 9999), 10);
});

test("a count steps down to its lowest value and no further", () => {
  assert.equal(stepCount("1", -1, 0, 9999), 0);
  assert.equal(stepCount("0", -1, 0, 9999), 0);
  assert.equal(stepCount("5", -10, 0, 9999), 0);
});

test("a count stops at its highest value", () => {
  assert.equal(stepCount("9999", 1, 0, 9999), 9999);
  assert.equal(stepCount("9995", 10, 0, 9999), 9999);
});

test("text that is no whole number is left alone", () => {
  for (const typed of ["4a", "1.5", "1O", "--2", "∞"]) {
    assert.equal(stepCount(typed, 1, 0, 9999), null);
    assert.equal(readCount(typed), null);
  }
});

test("spaces around a number do not matter", () => {
  assert.equal(readCount(" 12 "), 12);
});

test("a button that would change nothing is off", () => {
  assert.equal(canStep("0", -1, 0, 9999), false);
  assert.equal(canStep("", -1, 0, 9999), false);
  assert.equal(canStep("", 1, 0, 9999), true);
  assert.equal(canStep("9999", 1, 0, 9999), false);
  assert.equal(canStep("4a", 1, 0, 9999), false);
});
