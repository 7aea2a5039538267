/** The premises search asks for what was meant and believes only an answer of the right shape. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { countLine, normaliseQuery, readPremises, searchAddress } from "../../static/js/premises_search.js";

test("spaces are folded and ends trimmed", () => {
  assert.equal(normaliseQuery("  the   lamp "), "the lamp");
});

test("one letter is too few to ask for", () => {
  assert.equal(normaliseQuery("l"), "");
  assert.equal(normaliseQuery("   "), "");
  assert.equal(normaliseQuery("la"), "la");
});

test("the same letters typed in two ways are the same query", () => {
  assert.equal(normaliseQuery("Cafe\u0301"), normaliseQuery("Caf\u00e9"));
});

test("a very long text asks with its beginning only", () => {
  assert.equal(normaliseQuery("x".repeat(500)).length, 80);
});

test("the address keeps what it carries and escapes what was typed", () => {
  assert.equal(searchAddress("/premises/search", "fox & hounds"), "/premises/search?q=fox%20%26%20hounds");
  assert.equal(searchAddress("/premises/search?limit=5", "fox"), "/premises/search?limit=5&q=fox");
});

test("the number found is said in words", () => {
  assert.equal(countLine(0), "Not in the register. It will be saved as typed.");
  assert.equal(countLine(1), "1 premises found");
  assert.equal(countLine(7), "7 premises found");
});

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
