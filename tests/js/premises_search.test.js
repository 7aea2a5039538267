/** The premises search believes only an answer of the right shape. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { readPremises } from "../../static/js/premises_search.js";

test("an answer of another shape is no answer", () => {
  assert.equal(readPremises(null), null);
  assert.equal(readPremises({ sign_in: true }), null);
  assert.equal(readPremises({ premises: "no" }), null);
  assert.deepEqual(readPremises({ premises: [] }), []);
});

test("a suggestion without a name or an id is left out", () => {
  const answer = { premises: [{ id: 0, name: "The Lamp" }, { id: 2 }, null, { name: "Nameless id" }] };
  assert.deepEqual(readPremises(answer), [{ id: 0, name: "The Lamp" }]);
});
