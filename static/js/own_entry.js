/** One of my entries as this phone knows it: the server's word, and on top what was done here since. */
import { DONE, lines } from "./feed.js";
import { saysWhen } from "./moments.js";
import { isPhoto, toldOf } from "./outbox.js";
import { stateOf } from "./states.js";

const told = ({ briefing }, id) => briefing?.entries.find((one) => one.id === id);

/** What this phone did about an entry and the server has not told of yet. */
function sinceThen({ rows, briefing }, id) {
  return rows.filter((row) => (row.id === id || row.entry_id === id) && !isPhoto(row) && !toldOf(row, briefing?.made_at ?? ""));
}

/** The phone's own latest word about what an entry says. */
function latest(phone, id) {
  return sinceThen(phone, id).filter((row) => (row.id === id || row.type === "amendment") && row.kept && row.state !== "rejected").at(-1);
}

/** What a form starts from: {fields, row, after}; null where it is not on this phone. */
export function startingPoint(phone, { mode, target: id }) {
  if (mode === "new") return {};
  const row = phone.rows.find((one) => one.id === id && one.kept);
  if (mode === "mend") return row ? { row, fields: row.kept.record.fields } : null;
  const last = latest(phone, id);
  if (last) return { after: last.id, fields: { ...last.kept.record.fields, reason: "" } };
  const fields = told(phone, id)?.fields;
  return fields ? { fields } : null;
}

/** The record that strikes an entry out. */
export function strikeOf(phone, id, reason) {
  const after = latest(phone, id)?.id;
  const seen = after ? "" : told(phone, id)?.version ?? "";
  return { type: "strike", entry_id: id, after, fields: { reason, seen_version: String(seen) } };
}

function version(row, sending, now) {
  const { reason } = row.kept?.record.fields ?? {};
  const text = `${saysWhen(row.captured_at, now)}, ${stateOf(row, sending).label}`;
  return { title: `${DONE[row.type] ?? "Saved"} on this phone`, text: reason ? `${text}. Reason: ${reason}` : text };
}

/** What there is to show of an entry: a line of the feed and more; null where this phone does not know it. */
export function entryOf(phone, id, now) {
  const { briefing, rows, sending } = phone;
  const entry = told(phone, id);
  const alone = briefing && { ...briefing, night: entry?.night_of, entries: entry ? [entry] : [] };
  const [line] = lines(rows.filter((row) => row.id === id || row.entry_id === id), alone, sending);
  if (!line) return null;
  const fresh = sinceThen(phone, id);
  const own = fresh.find((row) => row.id === id);
  const refused = fresh.find((row) => row.state === "rejected");
  const { rows: said = [], times = [], versions = [], notes = [], kind_code = own?.kept?.record.kind, fields, struck } = line;
  const amend = kind_code && !struck && (latest(phone, id) ?? fields) ? `/phone/amend/${kind_code}/${id}` : "";
  return {
    ...line, notes, refused,
    known: Boolean(entry),
    back: Boolean(entry?.struck),
    rows: fresh.map((row) => row.kept?.shown.rows).filter(Boolean).at(-1) ?? said,
    times: own ? [["Saved on this phone", saysWhen(own.captured_at, now)], ...times] : times,
    versions: [...fresh.map((row) => version(row, sending, now)).reverse(), ...versions],
    amend: refused && !/strike|undo/.test(refused.type) ? line.href : amend,
    strike: !struck && !(own && own === refused),
  };
}
