/** Only a plain answer of fieldlog's own counts as one, and waiting ends. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { ask, retryAfter, understood } from "../../static/js/connection.js";
import { fakeFetch } from "./fake_phone.js";

test("answers are told apart", () => {
  assert.equal(understood(200, { answers: [] }), "ours");
  assert.equal(understood(200, null), "none");
  assert.equal(understood(200, "welcome"), "none");
  assert.equal(understood(304, null), "unchanged");
  assert.equal(understood(401, { error: "signed-out" }), "signed-out");
  assert.equal(understood(400, { error: "csrf" }), "csrf");
  assert.equal(understood(400, { error: "not-understood" }), "unread");
  assert.equal(understood(413, { error: "too-large" }), "unread");
  assert.equal(understood(403, { error: "not-allowed" }), "refused");
  for (const trouble of [429, 500, 503, 507]) assert.equal(understood(trouble, { error: "busy" }), "none");
});

test("an error page of something in between is no answer at all", () => {
  for (const status of [400, 401, 403, 413, 502, 503, 511]) {
    assert.equal(understood(status, null), "none");
    assert.equal(understood(status, { message: "hotel" }), "none");
  }
});

test("a request that is not answered ends by itself", async () => {
  fakeFetch({ "/api/csrf": () => new Promise(() => {}) });
  assert.equal((await ask("/api/csrf", { patience: 5 })).kind, "none");
});

test("a body that stops half-way is no answer", async () => {
  fakeFetch({ "/x": () => ({ text: '{"answers": [' }) });
  assert.equal((await ask("/x")).kind, "none");
});

test("a pause that the server asks for is read in seconds and bounded", () => {
  assert.deepEqual([retryAfter("7"), retryAfter("99999"), retryAfter("Wed"), retryAfter(null)], [7_000, 3_600_000, 0, 0]);
});
