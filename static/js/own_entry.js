/** One of my entries as this phone knows it: the server's word, and on top what was done here since. */
import { DONE, lines } from "./feed.js";
import { saysWhen } from "./moments.js";
import { isPhoto, toldOf } from "./outbox.js";
import { stateOf } from "./states.js";

const CHANGED = new Set(["strike", "undo"]);

/** The phone's own latest word about an entry, where the server has not told of it yet. */
function latest({ rows, briefing }, id) {
  const mine = rows.filter((row) => (row.id === id || (row.entry_id === id && row.type === "amendment"))
    && row.kept && row.state !== "rejected" && !toldOf(row, briefing?.made_at ?? ""));
  return mine.at(-1);
}

const told = ({ briefing }, id) => briefing?.entries.find((one) => one.id === id);

/** What a form starts from: {fields, entryId, row, after}; null where it is not on this phone. */
export function startingPoint(phone, { mode, target: id }) {
  if (mode === "new") return {};
  const row = phone.rows.find((one) => one.id === id && one.kept);
  if (mode === "mend") return row ? { row, entryId: row.kept.record.entry_id, fields: row.kept.record.fields } : null;
  const last = latest(phone, id);
  const entry = told(phone, id);
  if (last) return { entryId: id, after: last.id, fields: { ...last.kept.record.fields, reason: "" } };
  return entry?.fields ? { entryId: id, fields: entry.fields } : null;
}

/** The record that strikes an entry out. */
export function strikeOf(phone, id, reason) {
  const after = latest(phone, id)?.id;
  const seen = told(phone, id)?.version ?? "";
  return { type: "strike", entryId: id, after, fields: { reason, seen_version: after ? "" : String(seen) } };
}

function version(row, sending, now) {
  const { reason } = row.kept?.record.fields ?? {};
  const text = [saysWhen(row.captured_at, now), stateOf(row, sending).label].join(", ");
  return { title: `${DONE[row.type] ?? "Saved"} on this phone`, text: reason ? `${text}. Reason: ${reason}` : text };
}

/** What there is to show of an entry: a line of the feed and more; null where this phone does not know it. */
export function entryOf(phone, id, now) {
  const { briefing, rows, sending } = phone;
  const entry = told(phone, id);
  const mine = rows.filter((row) => row.id === id || row.entry_id === id);
  const [line] = lines(mine, briefing && { ...briefing, night: entry?.night_of, entries: entry ? [entry] : [] }, sending);
  if (!line) return null;
  const fresh = mine.filter((row) => !isPhoto(row) && !toldOf(row, briefing?.made_at ?? ""));
  const own = fresh.find((row) => row.id === id);
  const refused = fresh.find((row) => row.state === "rejected");
  const kind = entry?.kind_code ?? own?.kept?.record.kind;
  const amend = kind && !line.struck && (latest(phone, id) ?? entry?.fields) ? `/phone/amend/${kind}/${id}` : "";
  return {
    ...line,
    refused,
    known: Boolean(entry),
    back: Boolean(entry?.struck),
    rows: fresh.filter((row) => row.kept?.shown.rows).at(-1)?.kept.shown.rows ?? entry?.rows ?? [],
    times: [...(own ? [["Saved on this phone", saysWhen(own.captured_at, now)]] : []), ...(entry?.times ?? [])],
    versions: [...fresh.map((row) => version(row, sending, now)).reverse(), ...(entry?.versions ?? [])],
    notes: [...(entry?.doubts ?? []), ...(entry?.notes ?? [])],
    amend: refused && !CHANGED.has(refused.type) ? line.href : amend,
    strike: !line.struck && !(own && own === refused),
  };
}
