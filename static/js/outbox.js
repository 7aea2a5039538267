/** The outbox: what was confirmed on this phone, sealed at once, and kept until the server has it. */
import { utcText } from "./moments.js";
import { box, seal, toBase64url, unbox } from "./seal.js";
import { AlreadyKept } from "./store.js";

/** States of a record here. The server's states are these too, but for "waiting". */
export const UNSENT = new Set(["waiting", "rejected"]);
const SHOWN_AFTER = 24 * 60 * 60 * 1000;

/** A version 4 UUID; crypto.randomUUID is missing where the page came over plain http. */
export function newId(random = (bytes) => crypto.getRandomValues(bytes)) {
  const bytes = random(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-");
}

/** A record as it goes to the server. */
function recordOf({ id, type, kind, entryId, after, fields = {} }, officerId, now) {
  return {
    id, type, captured_at: utcText(now), officer_id: officerId, fields,
    ...(kind && { kind }), ...(entryId && { entry_id: entryId }), ...(after && { after }),
  };
}

/** A record with its seal. The bytes of a photo lie apart from its row: they are many, and rows are read often. */
async function rowOf(store, who, record, shown, content) {
  const { id, type, officer_id, captured_at, entry_id = null } = record;
  const readable = await box(who.key, { record, shown });
  const { ct, ...rest } = await seal(record, await store.get("keys", "server"), content);
  const row = { id, type, officer_id, captured_at, entry_id, state: "waiting", readable };
  return content ? { ...row, sealed: rest, size: ct.byteLength, bytes: ct } : { ...row, sealed: { ...rest, ct } };
}

/**
 * Keep what was confirmed with its photos ({id, at, sha256, bytes}): resolves only once all is on this phone for good.
 * `shown` is what the screen shows of it. Rejects with AlreadyKept or NotKept; then nothing was kept.
 */
export async function confirm(store, who, said, { shown, draft, now, photos = [] }) {
  const row = await rowOf(store, who, recordOf(said, who.officer.id, now), shown);
  const more = await Promise.all(photos.map(({ id, at, sha256, bytes }, index) => {
    const photo = recordOf({ id, type: "photo", entryId: said.id }, who.officer.id, at);
    return rowOf(store, who, { ...photo, position: index + 1, sha256 }, { title: shown.title }, bytes);
  }));
  await store.keep([row, ...more], draft);
  return row;
}

export const isPhoto = (row) => row.type === "photo";

/** How many entries these rows are, and changes of entries: a photo is part of its entry. */
export function entriesIn(rows) {
  return new Set(rows.map((row) => (isPhoto(row) ? row.entry_id : row.id))).size;
}

/** A row as it goes to the server or into a file. */
export async function wired(store, { id, sealed, size }) {
  return { id, sealed: size ? { ...sealed, ct: toBase64url(await store.get("photos", id)) } : sealed };
}

/** Confirm once: the same again, from a second tap or another tab, is the one that is kept; `other` where that says something else. */
export async function confirmOnce(store, who, said, details) {
  try {
    return { row: await confirm(store, who, said, details), again: false, other: false };
  } catch (error) {
    if (!(error instanceof AlreadyKept)) throw error;
    const row = await store.find(said.id);
    const kept = await unbox(who.key, row.readable);
    return { row, again: true, other: JSON.stringify(kept?.record.fields) !== JSON.stringify(said.fields) };
  }
}

/** What waits, of everybody: how many entries, records and photos, since when (UTC text), and how many the server refused. */
export async function unsent(store) {
  const rows = (await store.all("outbox")).filter((row) => UNSENT.has(row.state));
  const oldest = rows.map((row) => row.captured_at).sort()[0] ?? null;
  const refused = entriesIn(rows.filter((row) => row.state === "rejected"));
  return { count: entriesIn(rows), records: rows.length, photos: rows.filter(isPhoto).length, oldest, refused };
}

/** Everything of one officer with what it says, in the order it was made; `kept` is null where unreadable. */
export async function opened(store, who) {
  const rows = (await store.all("outbox")).filter((row) => row.officer_id === who.officer.id);
  return Promise.all(rows.map(async (row) => ({ ...row, kept: await unbox(who.key, row.readable) })));
}

/** Move a record on after the server's answer about it. */
export async function settle(store, answer, { key, now }) {
  const { state, received_at } = answer;
  const problems = answer.problems?.length && key ? await box(key, answer.problems) : null;
  await store.change(answer.id, (row) => {
    if (!UNSENT.has(row.state) || state === "waiting") return row;
    if (state === "rejected") return { ...row, state, problems };
    const { sealed, ...rest } = row;
    return { ...rest, state, received_at, settled: now, problems };
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

/** Keep another version of a record that the server refused: same id and moment, to be sent again; an undo as a strike. */
export async function mend(store, who, row, fields, { shown, type = row.type, after }) {
  const kept = await unbox(who.key, row.readable);
  const record = { ...kept.record, fields, type, ...(after && { after }) };
  const sealed = await seal(record, await store.get("keys", "server"));
  const readable = await box(who.key, { record, shown: { ...kept.shown, ...shown } });
  await store.change(row.id, (now) => ({ ...now, type, state: "waiting", sealed, readable, problems: null }));
}
