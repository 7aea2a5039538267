/** What this phone keeps stays within reach: a connection that the browser drops is opened again. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { AlreadyKept, NotKept, openStore } from "../../static/js/store.js";

const failing = (name) => Object.assign(new Error(name), { name });

/** Connections in turn: each answers `get`, or fails as it is told. */
function connections(...ends) {
  const opened = [];
  const opener = async () => {
    const end = ends[opened.length];
    opened.push(end);
    const act = async () => { if (end instanceof Error) throw end; return end; };
    const table = { add: act, delete: act };
    return { get: act, transaction: () => ({ objectStore: () => table, done: Promise.resolve() }) };
  };
  return { opened, opener };
}

test("a dropped connection is opened again and the question asked again", async () => {
  for (const name of ["InvalidStateError", "UnknownError"]) {
    const { opened, opener } = connections(failing(name), "kept");
    const store = await openStore("fieldlog", opener);
    assert.equal(await store.get("settings", "here"), "kept");
    assert.equal(opened.length, 2);
  }
});

test("a record is kept over a connection that was dropped meanwhile", async () => {
  const { opened, opener } = connections(failing("InvalidStateError"), "kept");
  await (await openStore("fieldlog", opener)).keep({ id: "e1" });
  assert.equal(opened.length, 2);
});

test("a record that was written before the connection went is kept already, not twice", async () => {
  const { opener } = connections(failing("UnknownError"), failing("ConstraintError"));
  await assert.rejects((await openStore("fieldlog", opener)).keep({ id: "e1" }), AlreadyKept);
});

test("a full phone is not asked again, and says what to do", async () => {
  const { opened, opener } = connections(failing("QuotaExceededError"));
  const store = await openStore("fieldlog", opener);
  await assert.rejects(store.keep({ id: "e1" }), (error) => error instanceof NotKept && /no room left/.test(error.message));
  assert.equal(opened.length, 1);
});
