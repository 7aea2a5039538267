/** The usual amount is offered, and never overwrites one that was typed. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { nextAmount } from "../../static/js/usual_amount.js";

test("an empty amount takes the usual one", () => {
  assert.equal(nextAmount("", "", "100"), "100");
  assert.equal(nextAmount("  ", "", "100"), "100");
});

test("an amount that was only offered goes with its law", () => {
  assert.equal(nextAmount("100", "100", "90"), "90");
  assert.equal(nextAmount("100", "100", ""), "");
});

test("a typed amount stays", () => {
  assert.equal(nextAmount("65.50", "100", "90"), "65.50");
});
