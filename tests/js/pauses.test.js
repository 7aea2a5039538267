/** Tries again after pauses that grow, and at once where something has changed. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { newBrowser } from "./browser.js";

/** Something that is tried, with a result for each try and then the last one again; `left()` is the pause before the next. */
async function trying(...results) {
  const { clock, open } = await newBrowser();
  const { keepTrying } = await open("/sign-in").load("pauses");
  const told = { tries: 0 };
  const again = keepTrying(async () => {
    told.tries += 1;
    return results.length > 1 ? results.shift() : results[0];
  });
  return { again, clock, told };
}
const roughly = (pause, expected) => assert.ok(pause >= expected * 0.8 && pause <= expected * 1.2, `${pause} is not about ${expected}`);

test("pauses double up to a minute", async () => {
  const { again, clock } = await trying({ done: false, wait: 0 });
  await again.now();
  for (const expected of [5_000, 10_000, 20_000, 40_000, 60_000, 60_000]) {
    roughly(clock.left(), expected);
    await clock.passes(clock.left());
  }
});

test("no two phones pause the same", async () => {
  const pauses = new Set();
  for (let phone = 0; phone < 5; phone += 1) {
    const { again, clock } = await trying({ done: false, wait: 0 });
    await again.now();
    pauses.add(clock.left());
  }
  assert.equal(pauses.size, 5);
});

test("it stops when nothing is left", async () => {
  const { again, clock } = await trying({ done: true });
  await again.now();
  assert.equal(clock.left(), null);
});

test("after something has changed it is tried at once, the pauses start anew, and none of before counts", async () => {
  const { again, clock, told } = await trying({ done: false, wait: 0 });
  await again.now();
  await clock.passes(clock.left());
  const before = clock.left();
  roughly(before, 10_000);
  await again.now();
  assert.equal(told.tries, 3);
  roughly(clock.left(), 5_000);
  await clock.passes(clock.left());
  const next = clock.left();
  roughly(next, 10_000);
  await clock.passes(next - 1);
  assert.equal(told.tries, 4);
});

test("it waits as long as the server asks", async () => {
  const { again, clock } = await trying({ done: false, wait: 60_000 });
  await again.now();
  assert.equal(clock.left(), 60_000);
});

test("an attempt that breaks, or does not say how long to wait, is tried again after a pause", async () => {
  const { clock, open } = await newBrowser();
  const { keepTrying } = await open("/sign-in").load("pauses");
  const results = [() => { throw new Error("broken"); }, () => ({ done: false })];
  const again = keepTrying(async () => results.shift()());
  await again.now();
  roughly(clock.left(), 5_000);
  await clock.passes(clock.left());
  roughly(clock.left(), 10_000);
});

test("asked for while one is under way, it tries once more after that", async () => {
  let release;
  const held = new Promise((done) => { release = () => done({ done: false, wait: 0 }); });
  const { again, clock, told } = await trying(held, { done: true });
  const first = again.now();
  again.now();
  again.now();
  release();
  await first;
  assert.deepEqual([told.tries, clock.left()], [2, null]);
});
