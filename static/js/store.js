/** What this phone keeps, in one IndexedDB database: the only module that knows its tables. */
import { openDB } from "../vendor/idb-8.0.4/idb.js";

const KEYED = ["drafts", "briefings", "keys", "devices", "settings"];

/** What must outlive a dead battery once it is said to be kept. All else can be fetched, sent or done again, and waits for no disk. */
export const STRICT = { durability: "strict" };
const RELAXED = { durability: "relaxed" };

/** A record of that id is on this phone already. */
export class AlreadyKept extends Error {}

/** The browser did not let anything be written; the message is for the screen. */
export class NotKept extends Error {}

const FULL = "This phone has no room left. Make room (photos, apps), then try again.";
const REFUSED = "This browser lets fieldlog keep nothing. Leave private browsing, or use another browser.";

/** What a refused write means for the person. */
function explained(error) {
  if (error.name === "ConstraintError") return new AlreadyKept();
  return new NotKept(error.name === "QuotaExceededError" ? FULL : REFUSED, { cause: error });
}

function makeTables(db, before) {
  if (!before) {
    const outbox = db.createObjectStore("outbox", { keyPath: "seq", autoIncrement: true });
    outbox.createIndex("id", "id", { unique: true });
    for (const name of KEYED) db.createObjectStore(name);
  }
  // By the id of a record, its bytes as an ArrayBuffer; by the id of a draft, its photos.
  if (before < 2) db.createObjectStore("photos");
}

/** Tried again: a connection that an iPhone dropped in the background, and what stopped when its page was left. */
const STOPPED = new Set(["InvalidStateError", "UnknownError", "AbortError"]);

/** Open the database of this phone. Rejects where the browser keeps nothing. */
export async function openStore(name = "fieldlog", { opener = openDB, page = globalThis } = {}) {
  const live = new Set();
  let db;
  let away;
  const open = async () => {
    db = await opener(name, 2, {
      upgrade: makeTables,
      // A newer page wants another version of the tables: let it, this one writes nothing meanwhile.
      blocking: () => db.close(),
    });
  };
  // WebKit keeps a page that is left, with what it was reading held for ever: every later write would wait for it.
  page.addEventListener?.("pagehide", () => {
    away = new Promise((back) => { page.addEventListener("pageshow", back, { once: true }); });
    for (const stop of live) stop();
  });
  // Trying again is safe: a record that was kept after all is refused as kept already.
  const within = async (tables, mode, act, how = RELAXED, tries = 3) => {
    await away;
    let stop;
    try {
      const work = db.transaction(tables, mode, how);
      stop = () => { try { work.abort(); } catch { /* It has ended by itself. */ } };
      live.add(stop);
      return (await Promise.all([act(work), work.done]))[0];
    } catch (error) {
      // What was written before it failed goes with it.
      stop?.();
      if (tries < 2 || !STOPPED.has(error?.name)) throw error;
      if (error.name !== "AbortError") await open();
      return within(tables, mode, act, how, tries - 1);
    } finally {
      live.delete(stop);
    }
  };
  const read = (table, act) => within(table, "readonly", async ({ store }) => act(store));
  const write = (table, act) => within(table, "readwrite", async ({ store }) => act(store), table === "drafts" ? STRICT : RELAXED);
  await open();
  return {
    get: (table, key) => read(table, (store) => store.get(key)),
    put: (table, value, key) => write(table, (store) => store.put(value, key)),
    /** Put a value where there is none yet; return what is kept then. */
    offer: (table, value, key) => write(table, async (store) => {
      const before = await store.get(key);
      if (before === undefined) await store.put(value, key);
      return before ?? value;
    }),
    remove: (table, key) => write(table, (store) => store.delete(key)),
    all: (table) => read(table, (store) => store.getAll()),
    find: (id) => read("outbox", (store) => store.index("id").get(id)),
    /** Keep records with their bytes and drop the draft they came from, all or nothing, safe against a dead battery. */
    async keep(rows, draft) {
      try {
        await within(["outbox", "drafts", "photos"], "readwrite", async (work) => {
          const photos = work.objectStore("photos");
          const writes = rows.map(async ({ bytes, ...row }) => {
            await work.objectStore("outbox").add(row);
            if (bytes) await photos.put(bytes, row.id);
          });
          if (draft) writes.push(work.objectStore("drafts").delete(draft), photos.delete(draft));
          await Promise.all(writes);
        }, STRICT);
      } catch (error) {
        throw explained(error);
      }
    },
    /** Change the record of that id in one transaction; a change to null drops it. Bytes go with the seal. */
    change: (id, change, how) => within(["outbox", "photos"], "readwrite", async (work) => {
      const outbox = work.objectStore("outbox");
      const row = await outbox.index("id").get(id);
      const next = row && change(row);
      if (next) await outbox.put(next);
      else if (row && next === null) await outbox.delete(row.seq);
      if (row && !next?.sealed) await work.objectStore("photos").delete(id);
    }, how),
  };
}
