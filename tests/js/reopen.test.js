/** What nobody can read on a phone any more is read again by its officer. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { confirm, opened } from "../../static/js/outbox.js";
import { reopen } from "../../static/js/reopen.js";
import { newReadingKey, unbox } from "../../static/js/seal.js";
import { ASHA, NOW, fakeFetch, phoneOf } from "./fake_phone.js";

test("what was refused while nobody could read it comes back to be mended", async () => {
  const { store, who } = await phoneOf();
  await confirm(store, who, { id: "e1", type: "entry", kind: "other", fields: { notes: "loud" } }, { shown: { title: "Other" }, now: NOW });
  await store.change("e1", (row) => ({ ...row, state: "rejected" }));
  const later = { ...who, key: await newReadingKey() };
  const record = { id: "e1", type: "entry", kind: "other", captured_at: "2020-12-05T21:40:03Z", officer_id: ASHA.id, fields: { notes: "loud", count_masks: "3" } };
  const { asked } = fakeFetch({
    "/api/csrf": () => ({ json: { token: "c1", officer_id: ASHA.id } }),
    "/api/unsealed": () => ({ json: { records: [{ record, title: "Other", rows: [["Notes", "loud"]] }] } }),
  });
  assert.equal(await reopen(store, later, await opened(store, later)), true);
  const row = await store.find("e1");
  assert.equal(row.state, "waiting");
  assert.deepEqual((await unbox(later.key, row.readable)).shown, { title: "Other", rows: [["Notes", "loud"]], kind: "other", counts: { masks: 3 } });
  assert.deepEqual(Object.keys(asked[1].body.records[0]), ["id", "sealed"]);
});

test("another officer's session opens nothing", async () => {
  const { store, who } = await phoneOf();
  await confirm(store, who, { id: "e1", type: "entry", kind: "other" }, { shown: {}, now: NOW });
  const { asked } = fakeFetch({ "/api/csrf": () => ({ json: { token: "c1", officer_id: 2 } }) });
  assert.equal(await reopen(store, who, await store.all("outbox")), false);
  assert.equal(asked.length, 1);
});
