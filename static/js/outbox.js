/** The outbox: what was confirmed on this phone, sealed at once, and kept until the server has it. */
import { utcText } from "./moments.js";
import { box, seal, unbox } from "./seal.js";
import { AlreadyKept } from "./store.js";

/** States of a record here. The server's states are these too, but for "waiting". */
export const UNSENT = new Set(["waiting", "rejected"]);
const SHOWN_AFTER = 24 * 60 * 60 * 1000;

/** A record as it goes to the server. */
export function recordOf({ id, type, kind, entryId, after, fields }, officerId, now) {
  const record = { id, type, captured_at: utcText(now), officer_id: officerId, fields: fields ?? {} };
  if (kind) record.kind = kind;
  if (entryId) record.entry_id = entryId;
  if (after) record.after = after;
  return record;
}

/**
 * Keep what was confirmed: resolves only once it is on this phone for good.
 * `said` is what the screen shows of it. Rejects with AlreadyKept or NotKept; then nothing was kept.
 */
export async function confirm(store, who, said, { shown, draft, now, crypto = globalThis.crypto }) {
  const record = recordOf(said, who.officer.id, now);
  const serverKey = await store.get("keys", "server");
  const row = {
    id: record.id,
    type: record.type,
    officer_id: record.officer_id,
    captured_at: record.captured_at,
    entry_id: record.entry_id ?? null,
    state: "waiting",
    sealed: await seal(record, serverKey, crypto),
    readable: await box(who.key, { record, shown }, crypto),
  };
  await store.keep(row, draft);
  return row;
}

/** Whether what is kept under that id says the same. */
export async function saysTheSame(store, who, said) {
  const row = await store.find(said.id);
  const kept = row && (await unbox(who.key, row.readable));
  return Boolean(kept) && JSON.stringify(kept.record.fields) === JSON.stringify(said.fields);
}

/** Confirm once: the same again, from a second tap or another tab, is the one that is kept. */
export async function confirmOnce(store, who, said, details) {
  try {
    return { row: await confirm(store, who, said, details), again: false, other: false };
  } catch (error) {
    if (!(error instanceof AlreadyKept)) throw error;
    const same = await saysTheSame(store, who, said);
    return { row: await store.find(said.id), again: true, other: !same };
  }
}

/** What waits, of everybody: how many, since when (UTC text), and how many the server refused. */
export async function unsent(store) {
  const rows = (await store.all("outbox")).filter((row) => UNSENT.has(row.state));
  const oldest = rows.map((row) => row.captured_at).sort()[0] ?? null;
  return { count: rows.length, oldest, refused: rows.filter((row) => row.state === "rejected").length };
}

/** Everything of one officer with what it says, in the order it was made; `kept` is null where unreadable. */
export async function opened(store, who) {
  const rows = (await store.all("outbox")).filter((row) => row.officer_id === who.officer.id);
  return Promise.all(rows.map(async (row) => ({ ...row, kept: await unbox(who.key, row.readable) })));
}

/** Move a record on after the server's answer about it. */
export async function settle(store, answer, { key, now, crypto = globalThis.crypto }) {
  const problems = answer.problems?.length && key ? await box(key, answer.problems, crypto) : null;
  await store.change(answer.id, (row) => {
    if (!UNSENT.has(row.state)) return row;
    if (answer.state === "waiting") return row;
    if (answer.state === "rejected") return { ...row, state: "rejected", problems };
    const { sealed, ...rest } = row;
    return { ...rest, state: answer.state, received_at: answer.received_at, settled: now, problems };
  });
}

/** Whether a briefing made at that moment (UTC text) already tells of a record. */
export function toldOf(row, madeAt) {
  return (row.state === "stored" || row.state === "already-stored") && row.received_at <= madeAt;
}

/** Let go of what the server has and the screen no longer needs from here. */
export async function tidy(store, madeAt, now) {
  for (const row of await store.all("outbox")) {
    if (UNSENT.has(row.state)) continue;
    if (toldOf(row, madeAt) || now - row.settled > SHOWN_AFTER) await store.change(row.id, () => null);
  }
}

/** Keep another version of a record that the server refused: same id and moment, to be sent again. */
export async function mend(store, who, row, fields, { shown, crypto = globalThis.crypto }) {
  const kept = await unbox(who.key, row.readable, crypto);
  const record = { ...kept.record, fields };
  const sealed = await seal(record, await store.get("keys", "server"), crypto);
  const readable = await box(who.key, { record, shown: { ...kept.shown, ...shown } }, crypto);
  await store.change(row.id, (now) => ({ ...now, state: "waiting", sealed, readable, problems: null }));
}
