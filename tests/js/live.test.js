/** Watching a night: when it is asked again, what an answer means, what is told. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { QUIET, Watch, filled, pauseAfter, stateAfter, told } from "../../static/js/live.js";

const WORDS = {
  one: "New entry: {latest}.", "one-more": "1 new entry.", more: "{number} new entries.", overdue: "Tasks overdue: {number}.",
};
const at = (received, overdue = 0, latest = "") => ({ received, overdue, latest });
const ours = (body, etag = `"${body.received}"`) => ({ kind: "ours", status: 200, body, etag, wait: 0 });
const UNCHANGED = { kind: "unchanged", status: 304, body: null, etag: null, wait: 0 };
const NONE = { kind: "none", status: 0, body: null, etag: null, wait: 0 };
const SIGNED_OUT = { kind: "signed-out", status: 401, body: { error: "signed-out" }, etag: null, wait: 0 };

/** A watch with a clock and timers that a test turns by hand; `answers` are given one after another. */
function watching(...answers) {
  const seen = { asked: [], shown: [], said: [], told: [], pauses: [], cleared: 0, now: 0 };
  let due = null;
  const watch = new Watch({
    version: '"0"', received: 0, overdue: 0, every: 2_000, words: WORDS, random: () => 0.5, now: () => seen.now,
    ask: async (version) => { seen.asked.push(version); return answers.shift() ?? UNCHANGED; },
    show: (body) => seen.shown.push(body.received),
    say: (state, contact) => seen.said.push([state, contact]),
    tell: (news) => seen.told.push(news),
    timers: {
      setTimeout: (what, pause) => { seen.pauses.push(pause); due = what; return seen.pauses.length; },
      clearTimeout: () => { seen.cleared += 1; due = null; },
    },
  });
  seen.next = async (passed = 2_000) => { seen.now += passed; const what = due; due = null; await what?.(); return Boolean(what); };
  watch.start();
  return { watch, seen };
}

test("polls come at random around their time, so that viewers do not come all at once", () => {
  assert.equal(pauseAfter(0, { every: 2_000, random: () => 0 }), 1_000);
  assert.equal(pauseAfter(0, { every: 2_000, random: () => 1 }), 3_000);
});

test("after failures the pause is any time up to ever longer, and as long as the server asks", () => {
  const longest = [1, 2, 3, 9].map((failures) => pauseAfter(failures, { every: 2_000, random: () => 1 }));
  assert.deepEqual(longest, [4_500, 8_500, 16_500, 60_500]);
  assert.equal(pauseAfter(9, { every: 2_000, random: () => 0 }), 500);
  assert.equal(pauseAfter(1, { every: 2_000, random: () => 0, least: 30_000 }), 30_000);
});

test("only what is plainly fieldlog's answer is contact", () => {
  const states = [["ours", 200], ["unchanged", 304], ["signed-out", 401], ["refused", 403], ["refused", 404], ["none", 200], ["none", 503]];
  assert.deepEqual(states.map(([kind, status]) => stateAfter(kind, status)), ["live", "live", "signed-out", "refused", "refused", "away", "away"]);
});

test("what is new is told in few words", () => {
  assert.equal(told(at(4), at(4), WORDS), "");
  assert.equal(told(at(4), at(5, 0, "21:40, The Lamp"), WORDS), "New entry: 21:40, The Lamp.");
  assert.equal(told(at(4), at(5), WORDS), "1 new entry.");
  assert.equal(told(at(4), at(9, 2), WORDS), "5 new entries. Tasks overdue: 2.");
  assert.equal(told(at(4, 2), at(4, 1), WORDS), "");
  assert.equal(filled("since {time}{more}", { time: "21:43" }), "since 21:43");
});

test("it names the version it has, and shows only what is another one", async () => {
  const { seen } = watching(ours(at(1)), UNCHANGED, ours(at(2)));
  for (let poll = 0; poll < 4; poll += 1) await seen.next();
  assert.deepEqual(seen.asked, ['"0"', '"1"', '"1"', '"2"']);
  assert.deepEqual(seen.shown, [1, 2]);
  assert.deepEqual(seen.said, [["live", 0]]);
});

test("news of a busy night is told together, and none of it is lost", async () => {
  const { seen } = watching(ours(at(1)), ours(at(2)), ours(at(4)), UNCHANGED);
  for (let poll = 0; poll < 3; poll += 1) await seen.next();
  assert.deepEqual(seen.told, ["1 new entry."]);
  await seen.next(QUIET);
  assert.deepEqual(seen.told, ["1 new entry.", "3 new entries."]);
});

test("without the server it says since when, asks more seldom, and goes on by itself", async () => {
  const { seen } = watching(UNCHANGED, NONE, NONE, NONE, ours(at(1)));
  for (let poll = 0; poll < 5; poll += 1) await seen.next();
  assert.deepEqual(seen.said, [["live", 0], ["away", 2_000], ["live", 10_000]]);
  assert.deepEqual(seen.pauses, [2_000, 2_000, 2_500, 4_500, 8_500, 2_000]);
});

test("whoever is signed out is told at once, and watches on when signed in again", async () => {
  const { seen } = watching(SIGNED_OUT, UNCHANGED);
  await seen.next();
  await seen.next();
  assert.deepEqual(seen.said.map(([state]) => state), ["live", "signed-out", "live"]);
});

test("a tab that nobody sees asks nothing, and asks at once when it is seen again", async () => {
  const { watch, seen } = watching();
  watch.hide(true);
  assert.equal(await seen.next(), false);
  watch.hide(false);
  assert.deepEqual(seen.asked, ['"0"']);
});

test("two questions are never on their way together", async () => {
  const { watch, seen } = watching();
  await Promise.all([watch.once(), watch.once()]);
  assert.equal(seen.asked.length, 1);
});
