/** Read again what this phone sealed and cannot read any more: the server opens it for its own officer. */
import { withSession } from "./connection.js";
import { countsOf } from "./entry_gist.js";
import { isUnsent } from "./outbox.js";
import { box } from "./seal.js";
import { batchOf } from "./sync.js";

/** Resolves with whether any of the `closed` rows was opened; what the server had refused is sent again, for its reasons. */
export async function reopen(store, who, closed) {
  const records = batchOf(closed).map(({ id, sealed }) => ({ id, sealed }));
  const { body } = await withSession(who.officer.id, "/api/unsealed", { body: { records } });
  if (!Array.isArray(body?.records)) return false;
  for (const { record, title, rows } of body.records) {
    const shown = { title, rows, kind: record.kind, counts: countsOf(record.fields) };
    const readable = await box(who.key, { record, shown });
    await store.change(record.id, (row) => (isUnsent(row) ? { ...row, state: "waiting", readable, problems: null } : row));
  }
  return body.records.length > 0;
}
