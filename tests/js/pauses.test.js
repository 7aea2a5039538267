/** Tries again after pauses that grow, and at once where something has changed. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { keepTrying, pauseBefore } from "../../static/js/pauses.js";

const even = () => 0.5;

test("pauses double up to five minutes", () => {
  assert.deepEqual([1, 2, 3, 4].map((tries) => pauseBefore(tries, even)), [5_000, 10_000, 20_000, 40_000]);
  assert.equal(pauseBefore(500, even), 300_000);
});

test("no two phones pause the same", () => {
  assert.deepEqual([pauseBefore(1, () => 0), pauseBefore(1, () => 1)], [4_000, 6_000]);
});

function trying(results) {
  const timers = [];
  let tries = 0;
  const attempt = async () => results[Math.min(tries++, results.length - 1)];
  const again = keepTrying(attempt, { setTimer: (run, time) => timers.push({ run, time }), clearTimer() {}, random: even });
  return { again, timers, tries: () => tries };
}

test("it stops when nothing is left", async () => {
  const { again, timers } = trying([{ done: true }]);
  await again.now();
  assert.equal(timers.length, 0);
});

test("it waits longer each time, and from the start after something has changed", async () => {
  const { again, timers } = trying([{ done: false, wait: 0 }]);
  await again.now();
  await timers[0].run();
  await timers[1].run();
  assert.deepEqual(timers.map((timer) => timer.time), [5_000, 10_000, 20_000]);
  await again.now();
  assert.equal(timers[3].time, 5_000);
});

test("it waits as long as the server asks", async () => {
  const { again, timers } = trying([{ done: false, wait: 60_000 }]);
  await again.now();
  assert.equal(timers[0].time, 60_000);
});

test("an attempt that breaks is tried again", async () => {
  const timers = [];
  const again = keepTrying(() => Promise.reject(new Error("broken")), { setTimer: (run) => timers.push(run), clearTimer() {} });
  await again.now();
  assert.equal(timers.length, 1);
});

test("asked for while one is under way, it tries once more after that", async () => {
  let release;
  let tries = 0;
  const again = keepTrying(() => {
    tries += 1;
    return tries === 1 ? new Promise((done) => { release = () => done({ done: true }); }) : Promise.resolve({ done: true });
  });
  const first = again.now();
  again.now();
  again.now();
  release();
  await first;
  assert.equal(tries, 2);
});
