/** The last way out: what is not sent yet as a file that only the server can open. */
import { utcText } from "./moments.js";
import { isUnsent, wired } from "./outbox.js";

/** The file to save; null where nothing waits. */
export async function exportFile(store, now) {
  const rows = (await store.all("outbox")).filter(isUnsent);
  if (!rows.length) return null;
  const made_at = utcText(now);
  const records = await Promise.all(rows.map((row) => wired(store, row)));
  const name = `fieldlog-unsent-${made_at.slice(0, 10)}.json`;
  return new File([JSON.stringify({ format: "fieldlog unsent v1", made_at, records })], name, { type: "application/json" });
}
