/** Moments as the screen says them. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { saysAge, saysDay, saysTime, saysWhen, utcText } from "../../static/js/moments.js";
import { NOW } from "./fake_phone.js";

test("moments are said as the pages say them, in the United Kingdom, summer or winter", () => {
  assert.equal(utcText(NOW), "2020-12-05T21:40:03Z");
  assert.deepEqual([saysTime("2020-12-05T21:40:00Z"), saysTime("2020-07-05T21:40:00Z")], ["21:40", "22:40"]);
  assert.deepEqual([saysTime("2020-12-06T00:05:00Z"), saysTime("2020-07-05T23:05:00Z"), saysTime(NOW)], ["00:05", "00:05", "21:40"]);
  assert.equal(saysDay("2020-12-05"), "Saturday 5 December 2020");
  assert.deepEqual([saysWhen(NOW, NOW), saysWhen(NOW, NOW + 86_400_000)], ["21:40", "21:40, 5 December"]);
  assert.deepEqual([saysAge(5_000), saysAge(600_000), saysAge(5 * 3_600_000), saysAge(3 * 86_400_000)], ["just now", "10 minutes ago", "5 hours ago", "3 days ago"]);
});
