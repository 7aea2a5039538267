/** What this phone keeps stays within reach, whatever the browser does to connections and pages. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { AlreadyKept, NotKept, openStore } from "../../static/js/store.js";
import { newBrowser } from "./browser.js";

const failing = (name) => Object.assign(new Error(name), { name });

/** Transactions in turn: each answers, fails as it is told, or hangs ("open") until it is stopped. */
function phone(...ends) {
  const opened = [];
  const begun = [];
  const page = new EventTarget();
  const transaction = () => {
    const end = ends[begun.length];
    begun.push(end);
    let abort;
    const done = new Promise((ok, stop) => {
      abort = () => stop(failing("AbortError"));
      if (end !== "open") ok();
    });
    const act = async () => { if (end instanceof Error) throw end; return end; };
    const store = { get: act, add: act, put: act, delete: act };
    return { store, objectStore: () => store, done, abort };
  };
  const opener = async () => { opened.push("opened"); return { transaction }; };
  return { begun, opened, page, opening: openStore("fieldlog", { opener, page }) };
}

test("a dropped connection is opened again and the question asked again", async () => {
  for (const name of ["InvalidStateError", "UnknownError"]) {
    const { opened, opening } = phone(failing(name), "kept");
    assert.equal(await (await opening).get("settings", "here"), "kept");
    assert.equal(opened.length, 2);
  }
});

test("a record is kept over a connection that was dropped meanwhile", async () => {
  const { begun, opening } = phone(failing("InvalidStateError"), "kept");
  await (await opening).keep([{ id: "e1" }]);
  assert.equal(begun.length, 2);
});

test("a record that was written before the connection went is kept already, not twice", async () => {
  const { opening } = phone(failing("UnknownError"), failing("ConstraintError"));
  await assert.rejects((await opening).keep([{ id: "e1" }]), AlreadyKept);
});

test("a full phone is not asked again, and says what to do", async () => {
  const { begun, opening } = phone(failing("QuotaExceededError"));
  await assert.rejects((await opening).keep([{ id: "e1" }]), (error) => error instanceof NotKept && /no room left/.test(error.message));
  assert.equal(begun.length, 1);
});

test("what is under way when a page is left is stopped, so that no other page waits for it", async () => {
  const { begun, page, opening } = phone("open", "read on return");
  const asked = (await opening).get("settings", "here");
  await new Promise(setImmediate);
  assert.equal(begun.length, 1);
  page.dispatchEvent(new Event("pagehide"));
  await new Promise(setImmediate);
  assert.equal(begun.length, 1, "nothing new begins in a page that was left");
  page.dispatchEvent(new Event("pageshow"));
  assert.equal(await asked, "read on return");
});

test("a browser that keeps nothing says what to do", async () => {
  const { opening } = phone(failing("SecurityError"));
  await assert.rejects((await opening).keep([{ id: "e1" }]), (error) => error instanceof NotKept && /Leave private browsing/.test(error.message));
});

test("an entry whose photo could not be written is not there without it", async () => {
  const { store } = await newBrowser();
  const { put } = IDBObjectStore.prototype;
  IDBObjectStore.prototype.put = function refused(value, ...key) {
    if (value instanceof ArrayBuffer) throw failing("QuotaExceededError");
    return put.call(this, value, ...key);
  };
  await assert.rejects(store.keep([{ id: "e1" }, { id: "p1", bytes: new ArrayBuffer(9) }]), NotKept);
  IDBObjectStore.prototype.put = put;
  assert.deepEqual(await store.all("outbox"), []);
});
