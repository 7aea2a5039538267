/** The last way out: what is not sent yet as a file that only the server can open. */
import { utcText } from "./moments.js";
import { UNSENT, wired } from "./outbox.js";

/** What the file holds; null where nothing waits. */
export async function exported(store, now) {
  const rows = (await store.all("outbox")).filter((row) => UNSENT.has(row.state));
  if (!rows.length) return null;
  return { format: "fieldlog unsent v1", made_at: utcText(now), records: await Promise.all(rows.map((row) => wired(store, row))) };
}

/** The file to save, or null. */
export async function exportFile(store, now) {
  const whole = await exported(store, now);
  const stamp = utcText(now).slice(0, 16).replace(/[T:]/g, "-");
  return whole && new File([JSON.stringify(whole)], `fieldlog-unsent-${stamp}.json`, { type: "application/json" });
}
