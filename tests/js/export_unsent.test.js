/** The last way out: what is not sent yet, as a file that only the server opens. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { exportFile } from "../../static/js/export_unsent.js";
import { confirm, settle } from "../../static/js/outbox.js";
import { NOW, phoneOf, phoneWithPhotos, photo } from "./fake_phone.js";

const contents = async (file) => JSON.parse(await file.text());

test("the file has everything that waits, sealed, and is named by its moment", async () => {
  const { store, who } = await phoneOf();
  await confirm(store, who, { id: "e1", type: "entry", kind: "other", fields: { notes: "secret" } }, { shown: {}, now: NOW });
  const file = await exportFile(store, NOW);
  assert.deepEqual([file.name, file.type], ["fieldlog-unsent-2020-12-05.json", "application/json"]);
  const { format, made_at, records } = await contents(file);
  assert.deepEqual([format, made_at, records.map(Object.keys)], ["fieldlog unsent v1", "2020-12-05T21:40:03Z", [["id", "sealed"]]]);
  assert.equal((await file.text()).includes("secret"), false);
});

test("where nothing waits there is no file", async () => {
  assert.equal(await exportFile((await phoneOf()).store, NOW), null);
});

test("what the server has is not in it, and a photo has its bytes", async () => {
  const { store, who } = await phoneWithPhotos(photo("p1"));
  await settle(store, { id: "e1", state: "stored", problems: [], received_at: "2020-12-05T21:41:00Z" }, { key: who.key, now: NOW });
  const { records } = await contents(await exportFile(store, NOW));
  assert.deepEqual(records.map(({ id, sealed }) => [id, typeof sealed.ct]), [["p1", "string"]]);
});
