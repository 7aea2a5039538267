/** Premises by a few letters without a network: the likeliest first, at once. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { folded, register } from "../../static/js/premises_register.js";

const find = register([
  [1, "The Brass Lantern", "85 High Street", "bar", "Last visit 28 Nov 2020"], [2, "Lantern Row Stores", "1 Lantern Row"], [3, "Café Noir", "High Street, CO1 1AA"], [4, "O’Neill’s", "3 Quay"],
], { 3: ["Ben Cole’s crew was here at 20:15", "Last visit 5 Dec 2020"] });
const names = (letters) => find(letters).map((one) => one.name);

test("a name that begins with the letters comes before one that has them later", () => {
  assert.deepEqual(names("lan"), ["Lantern Row Stores", "The Brass Lantern"]);
});

test("words are found from their beginning, in any order, in the address too", () => {
  assert.deepEqual(names("brass the"), ["The Brass Lantern"]);
  assert.deepEqual(names("antern"), []);
  assert.deepEqual(names("high"), ["The Brass Lantern", "Café Noir"]);
  assert.deepEqual(names("co1 cafe"), ["Café Noir"]);
});

test("accents, apostrophes and capitals do not matter", () => {
  assert.equal(folded("Café  O’NEILL's"), "cafe oneills");
  assert.deepEqual(names("ONEILLS"), ["O’Neill’s"]);
});

test("another crew’s visit tonight comes with it, and how it stands", () => {
  assert.equal(find("cafe")[0].note, "Ben Cole’s crew was here at 20:15");
  assert.equal(find("cafe")[0].about, "Last visit 5 Dec 2020");
  assert.equal(find("brass")[0].note, undefined);
  assert.equal(find("brass")[0].about, "Last visit 28 Nov 2020");
});

test("what a task has chosen is found by its id", () => {
  assert.equal(find.at("3").name, "Café Noir");
  assert.equal(find.at("3").note, "Ben Cole’s crew was here at 20:15");
  assert.equal(find.at(""), undefined);
});

test("nothing is found for nothing", () => {
  assert.deepEqual(names("  "), []);
});

test("five thousand premises are searched within 100 ms a keystroke, with room to spare", () => {
  const many = Array.from({ length: 5_000 }, (_, index) => [index, `The Number ${index} Arms`, `${index} Long Street, Marlbridge`, "bar", "Last visit 20 Nov 2020, Advice given · 7 people warned in the last year"]);
  const search = register(many);
  search("warm");
  // The processor's own time: a machine that is busy with something else does not make a search slow.
  const start = process.cpuUsage();
  for (const letters of ["t", "th", "the", "the nu", "the nu 49", "zz"]) search(letters);
  const { user, system } = process.cpuUsage(start);
  const each = (user + system) / 1_000 / 6;
  assert.ok(each < 50, `${each.toFixed(1)} ms a keystroke`);
  assert.equal(search("the").length, 8);
});
