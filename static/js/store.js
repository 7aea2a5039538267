/** What this phone keeps, in one IndexedDB database: the only module that knows its tables. */
import { openDB } from "../vendor/idb-8.0.4/idb.js";

const KEYED = ["drafts", "briefings", "keys", "devices", "settings"];

/** A record of that id is on this phone already. */
export class AlreadyKept extends Error {}

/** The browser did not let anything be written; the message is for the screen. */
export class NotKept extends Error {}

const FULL = "This phone has no room left. Nothing was saved: make room (photos, apps), then press Save again.";
const REFUSED = "This browser does not let fieldlog keep anything. Nothing was saved. Leave private browsing, or use another browser.";

/** What a refused write means for the person. */
export function explained(error) {
  if (error?.name === "ConstraintError") return new AlreadyKept();
  return new NotKept(error?.name === "QuotaExceededError" ? FULL : REFUSED, { cause: error });
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

/** A connection that the browser has dropped, as iPhones do while an app is in the background. */
const DROPPED = new Set(["InvalidStateError", "UnknownError"]);

/** Open the database of this phone. Rejects where the browser keeps nothing. */
export async function openStore(name = "fieldlog", opener = openDB) {
  let db;
  const open = async () => {
    db = await opener(name, 2, {
      upgrade: makeTables,
      // A newer page wants another version of the tables: let it, this one writes nothing meanwhile.
      blocking: () => db.close(),
    });
  };
  // Trying again is safe: a record that was kept after all is refused as kept already.
  const use = async (work) => {
    try {
      return await work();
    } catch (error) {
      if (!DROPPED.has(error?.name)) throw error;
      await open();
      return work();
    }
  };
  await open();
  return {
    get: (table, key) => use(() => db.get(table, key)),
    put: (table, value, key) => use(() => db.put(table, value, key)),
    /** Put a value where there is none yet; return what is kept then. */
    offer: (table, value, key) => use(async () => {
      const work = db.transaction(table, "readwrite");
      const before = await work.store.get(key);
      if (before === undefined) await work.store.put(value, key);
      await work.done;
      return before ?? value;
    }),
    remove: (table, key) => use(() => db.delete(table, key)),
    all: (table) => use(() => db.getAll(table)),
    find: (id) => use(() => db.getFromIndex("outbox", "id", id)),
    /** Keep records with their bytes and drop the draft they came from, all or nothing, safe against a dead battery. */
    async keep(rows, draft) {
      try {
        await use(() => {
          const work = db.transaction(["outbox", "drafts", "photos"], "readwrite", { durability: "strict" });
          const photos = work.objectStore("photos");
          const writes = [rows].flat().map(({ bytes, ...row }) => [work.objectStore("outbox").add(row), bytes && photos.put(bytes, row.id)]);
          if (draft) writes.push(work.objectStore("drafts").delete(draft), photos.delete(draft));
          return Promise.all([...writes.flat(), work.done]);
        });
      } catch (error) {
        throw explained(error);
      }
    },
    /** Change the record of that id in one transaction; a change to null drops it. Bytes go with the seal. */
    change: (id, change) => use(async () => {
      const work = db.transaction(["outbox", "photos"], "readwrite");
      const outbox = work.objectStore("outbox");
      const row = await outbox.index("id").get(id);
      const next = row && change(row);
      if (next) await outbox.put(next);
      else if (row && next === null) await outbox.delete(row.seq);
      if (row && !next?.sealed) await work.objectStore("photos").delete(id);
      await work.done;
    }),
  };
}
