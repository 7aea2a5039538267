/** A form is sent once per visit to the page. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { onceGate } from "../../static/js/submit_once.js";

test("the first tap goes through, the second does not", () => {
  const gate = onceGate();
  assert.equal(gate.enter(), true);
  assert.equal(gate.enter(), false);
  assert.equal(gate.enter(), false);
});

test("coming back to the page opens it again", () => {
  const gate = onceGate();
  gate.enter();
  gate.release();
  assert.equal(gate.enter(), true);
});

test("two forms do not hold each other up", () => {
  const one = onceGate();
  const other = onceGate();
  one.enter();
  assert.equal(other.enter(), true);
});
