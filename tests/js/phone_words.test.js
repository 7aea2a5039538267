/** What the kept pages say and choose: operations, moments, gists, half-filled forms, the way out. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { offered, saysAnything } from "../../static/js/drafts.js";
import { countsOf } from "../../static/js/entry_gist.js";
import { startingPoint } from "../../static/js/own_entry.js";
import { exported } from "../../static/js/export_unsent.js";
import { listsOf, refreshForms, versionOf } from "../../static/js/kept_forms.js";
import { saysAge, saysDay, saysTime, saysWhen, utcText } from "../../static/js/moments.js";
import { confirm } from "../../static/js/outbox.js";
import { obstacle } from "../../static/js/phone_page.js";
import { canKeep } from "../../static/js/phone.js";
import { amount } from "../../static/js/plus_one_page.js";
import { box } from "../../static/js/seal.js";
import { dutyOf } from "../../static/js/shell.js";
import { explained } from "../../static/js/store.js";
import { savedWords } from "../../static/js/tonight_page.js";
import { ASHA, BEN, NOW, phoneOf } from "./fake_phone.js";

const WORDS = readFileSync(new URL("../../templates/shells/phone.html", import.meta.url), "utf8");
const one = { id: 1, label: "Op Emblazen · Sat 5 Dec", tonight: true };
const two = { id: 2, label: "Op Dial · Sat 5 Dec", tonight: true };
const past = { id: 3, label: "Op Dial · Fri 4 Dec", tonight: false };

test("one operation alone is the one that is meant; of two, somebody chooses", () => {
  assert.equal(dutyOf({ deployments: [one, past] }, null).chosen, one);
  assert.deepEqual([dutyOf({ deployments: [one, two] }, null).ask, dutyOf({ deployments: [] }, null).ask], [true, false]);
  assert.equal(dutyOf({ deployments: [one, two] }, { id: 2 }).chosen, two);
});

test("none of these is said of tonight's, and asked again about others", () => {
  const { key } = dutyOf({ deployments: [one, two] }, null);
  assert.deepEqual([dutyOf({ deployments: [one, two] }, { none: key }).ask, dutyOf({ deployments: [one] }, { none: key }).chosen], [false, one]);
});

test("moments are said as the pages say them, in the United Kingdom, summer or winter", () => {
  assert.equal(utcText(NOW), "2020-12-05T21:40:03Z");
  assert.deepEqual([saysTime("2020-12-05T21:40:00Z"), saysTime("2020-07-05T21:40:00Z")], ["21:40", "22:40"]);
  assert.equal(saysDay("2020-12-05"), "Saturday 5 December 2020");
  assert.deepEqual([saysWhen(NOW, NOW), saysWhen(NOW, NOW + 86_400_000)], ["21:40", "21:40, 5 December"]);
  assert.deepEqual([saysAge(5_000), saysAge(600_000), saysAge(5 * 3_600_000), saysAge(3 * 86_400_000)], ["just now", "10 minutes ago", "5 hours ago", "3 days ago"]);
});

test("only whole counts above nought are counted", () => {
  assert.deepEqual(countsOf({ count_spoken_to: "3", count_warned: "0", count_masks: "", count_cash: "1O", place: "4" }), { spoken_to: 3 });
});

test("amounts have their unit", () => {
  assert.deepEqual([amount("count", 1200), amount("grams", 5), amount("pence", 500), amount("pence", 6550)], ["1,200", "5 g", "£5", "£65.50"]);
});

test("a form says something only where it says more than it opened with", () => {
  assert.equal(saysAnything({ marking: "official", notes: "  " }, { marking: "official", notes: "" }), false);
  assert.equal(saysAnything({ marking: "official", notes: "loud" }, { marking: "official" }), true);
});

test("half-filled forms come back to their officer alone, and not while a page has them open", async () => {
  const { store, who } = await phoneOf();
  for (const [id, officer, at] of [["f1", ASHA.id, NOW], ["f2", ASHA.id, NOW + 1], ["f3", BEN.id, NOW], ["f4", ASHA.id, NOW - 15 * 86_400_000]]) {
    await store.put("drafts", { id, kind: "other", officer_id: officer, at, boxed: await box(who.key, { fields: {}, title: "Other", place: id }) }, id);
  }
  const locks = { query: async () => ({ held: [{ name: "fieldlog-form-f2" }] }) };
  assert.deepEqual((await offered(store, who, NOW, locks)).map((draft) => draft.id), ["f1", "f4"]);
  assert.equal(await store.get("drafts", "f4"), undefined);
});

test("an amendment starts from the latest that the phone knows of the entry", () => {
  const rows = [
    { id: "e1", type: "entry", state: "waiting", kept: { record: { fields: { place: "a" } } } },
    { id: "a1", type: "amendment", state: "waiting", entry_id: "e1", kept: { record: { entry_id: "e1", fields: { place: "b", reason: "typo" } } } },
  ];
  const briefing = { entries: [{ id: "s1", fields: { place: "c", seen_version: "2" } }, { id: "s2", fields: null }] };
  const from = (target, mode = "amend") => startingPoint({ rows, briefing }, { mode, target });
  assert.deepEqual(from("e1"), { after: "a1", fields: { place: "b", reason: "" } });
  assert.deepEqual(from("s1"), { fields: { place: "c", seen_version: "2" } });
  assert.equal(from("s2"), null);
  assert.equal(from("a1", "mend").row.id, "a1");
  assert.equal(from("zz", "mend"), null);
  assert.deepEqual(from("", "new"), {});
});

test("why it does not go is told without blame", () => {
  assert.equal(obstacle({ unsent: { count: 1 }, device: { revoked: true } }), "revoked");
  assert.equal(obstacle({ unsent: { count: 1 }, signedOut: true, who: {} }), "signIn");
  assert.deepEqual([obstacle({ unsent: { count: 1 } }), obstacle({ unsent: { count: 1 }, who: {} })], ["signedOut", ""]);
  assert.equal(obstacle({ unsent: { count: 0 }, who: {} }), "");
  assert.match(WORDS, /data-revoked="[^"]*Call the coordinator/);
  assert.match(WORDS, /data-sign-in="[^"]*Nothing is lost/);
});

test("what was saved says where it is", () => {
  const row = { state: "waiting", captured_at: "2020-12-05T21:40:00Z", kept: { shown: { title: "The Lamp" } } };
  assert.equal(savedWords(row), "Saved on this phone 21:40 · The Lamp");
  assert.equal(savedWords({ ...row, state: "stored", received_at: "2020-12-05T21:43:00Z" }), "Sent 21:43 · The Lamp");
});

test("the file has everything that waits, sealed", async () => {
  const { store, who } = await phoneOf();
  assert.equal(await exported(store, NOW), null);
  await confirm(store, who, { id: "e1", type: "entry", kind: "other", fields: { notes: "secret" } }, { shown: {}, now: NOW });
  const file = await exported(store, NOW);
  assert.deepEqual([file.format, file.records.length, Object.keys(file.records[0])], ["fieldlog unsent v1", 1, ["id", "sealed"]]);
  assert.equal(JSON.stringify(file).includes("secret"), false);
});

test("a write that the browser refuses says what to do", () => {
  assert.match(explained(Object.assign(new Error(), { name: "QuotaExceededError" })).message, /no room left. Nothing was saved/);
  assert.match(explained(Object.assign(new Error(), { name: "InvalidStateError" })).message, /Leave private browsing/);
});

test("a phone keeps records only where it can seal them", () => {
  const whole = { isSecureContext: true, indexedDB: {}, crypto: { subtle: {} }, navigator: { serviceWorker: {} } };
  assert.equal(canKeep(whole), true);
  for (const missing of ["isSecureContext", "indexedDB", "crypto", "navigator"]) assert.equal(canKeep({ ...whole, [missing]: missing === "navigator" ? {} : undefined }), false);
});

const page = (lists, version) => `<meta name="fieldlog-lists" content="${lists}"><script src="/static/${version}/js/main.js"></script>`;

test("kept forms are fetched again when the lists have changed, for the same fieldlog only", async () => {
  assert.deepEqual([listsOf(page("abc", "v1")), versionOf(page("abc", "v1"))], ["abc", "/static/v1/js/main.js"]);
  for (const [version, expected] of [["v1", "new"], ["v2", "old"]]) {
    const kept = new Map([["/shell/entries/new/other", page("old", "v1")], ["/shell/tonight", page("old", "v1")]]);
    const cache = {
      keys: async () => [...kept.keys()].map((path) => ({ url: `https://f.example${path}` })),
      match: async (path) => new Response(kept.get(path)),
      put: async (path, reply) => void kept.set(path, await reply.text()),
    };
    const caches = { keys: async () => ["fieldlog-ready", "fieldlog-0a1b"], open: async () => cache };
    await refreshForms("new", { caches, fetch: async () => new Response(page("new", version)) });
    assert.deepEqual([listsOf(kept.get("/shell/entries/new/other")), listsOf(kept.get("/shell/tonight"))], [expected, "old"]);
  }
});
