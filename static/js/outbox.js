/** The outbox: what was confirmed on this phone, sealed at once, and kept until the server has it. */
import { utcText } from "./moments.js";
import { box, sealer, toBase64url, unbox } from "./seal.js";
import { AlreadyKept, STRICT } from "./store.js";

/** Whether a record is on this phone alone: it waits, or has to be mended. */
export const isUnsent = ({ state }) => /waiting|rejected/.test(state);

/** Whether the server has it in its log. */
export const isStored = ({ state }) => /stored/.test(state);

/** Whether it counts; the others have to be mended, or are the coordinator's to decide. */
export const stands = ({ state }) => /waiting|stored/.test(state);

const SHOWN_AFTER = 24 * 60 * 60 * 1000;

/** Seal a record for the server, with what was made ready for it in good time. */
async function sealed({ server }, record, { ready, content } = {}) {
  const made = await ready;
  return (made?.kid === server.kid ? made : await sealer(record.id, server)).seal(record, content);
}

/** A record with its seal. The bytes of a photo lie apart from its row: they are many, and rows are read often. */
async function rowOf(who, record, shown, how) {
  const { id, type, officer_id, captured_at, entry_id = null } = record;
  const [readable, { ct, ...rest }] = await Promise.all([box(who.key, { record, shown }), sealed(who, record, how)]);
  const row = { id, type, officer_id, captured_at, entry_id, state: "waiting", readable };
  return how.content ? { ...row, sealed: rest, size: ct.byteLength, bytes: ct } : { ...row, sealed: { ...rest, ct } };
}

/**
 * Keep what was confirmed, a record but for who and when, with its photos ({id, at, sha256, bytes}): resolves with the row
 * only once all is on this phone for good. The same again, from a second tap or another tab, is the one that is kept;
 * the row then has `other` where that says something else. `shown` is what the screen shows of it, `ready` its sealer.
 * Rejects with NotKept; then nothing was kept.
 */
export async function confirm(store, who, said, { shown, draft, now, ready, photos = [] }) {
  const record = (fields, at) => ({ fields: {}, ...fields, captured_at: utcText(at), officer_id: who.officer.id });
  const whole = record(said, now);
  const rows = await Promise.all([
    rowOf(who, whole, shown, { ready }),
    ...photos.map(({ id, at, sha256, bytes }, index) => (
      rowOf(who, record({ id, type: "photo", entry_id: said.id, position: index + 1, sha256 }, at), { title: shown.title }, { content: bytes })
    )),
  ]);
  try {
    await store.keep(rows, draft);
    return rows[0];
  } catch (error) {
    if (!(error instanceof AlreadyKept)) throw error;
    const row = await store.find(said.id);
    const kept = await unbox(who.key, row.readable);
    return { ...row, other: JSON.stringify(kept?.record.fields) !== JSON.stringify(whole.fields) };
  }
}

export const isPhoto = (row) => row.type === "photo";

/** How many entries these rows are, and changes of entries: a photo is part of its entry. */
export function entriesIn(rows) {
  return new Set(rows.map((row) => (isPhoto(row) ? row.entry_id : row.id))).size;
}

/** A row as it goes to the server or into a file. */
export async function wired(store, { id, sealed: whole, size }) {
  return { id, sealed: size ? { ...whole, ct: toBase64url(await store.get("photos", id)) } : whole };
}

/** What waits, of everybody: how many entries, records and photos, since when (UTC text), and how many the server refused. */
export async function unsent(store) {
  const rows = (await store.all("outbox")).filter(isUnsent);
  const oldest = rows.map((row) => row.captured_at).sort()[0] ?? null;
  const refused = entriesIn(rows.filter((row) => row.state === "rejected"));
  return { count: entriesIn(rows), records: rows.length, photos: rows.filter(isPhoto).length, oldest, refused };
}

/** Everything of one officer in the order it was made, with what it says (`kept`) and what the server said of it (`said`). */
export async function opened(store, who) {
  const rows = (await store.all("outbox")).filter((row) => row.officer_id === who.officer.id);
  return Promise.all(rows.map(async (row) => ({ ...row, kept: await unbox(who.key, row.readable), said: await unbox(who.key, row.problems) })));
}

/** Move a record on after the server's answer about it. */
export async function settle(store, answer, { key, now }) {
  const { state, received_at } = answer;
  const problems = answer.problems?.length && key ? await box(key, answer.problems) : null;
  await store.change(answer.id, (row) => {
    if (!isUnsent(row) || state === "waiting") return row;
    if (state === "rejected") return { ...row, state, problems };
    const { sealed: gone, ...rest } = row;
    return { ...rest, state, received_at, settled: now, problems };
  });
}

/** Whether a briefing made at that moment (UTC text) already tells of a record. */
export function toldOf(row, madeAt) {
  return isStored(row) && row.received_at <= madeAt;
}

/** Let go of what the server has and the screen no longer needs from here. */
export async function tidy(store, madeAt, now) {
  for (const row of await store.all("outbox")) {
    if (isUnsent(row)) continue;
    if (toldOf(row, madeAt) || now - row.settled > SHOWN_AFTER) await store.change(row.id, () => null);
  }
}

/**
 * Keep another version of a record that the server refused: same id and moment, to be sent again; an undo as a strike.
 * Resolves with the row, which has `other` where another window was first.
 */
export async function mend(store, who, row, fields, { shown, type = row.type, after }) {
  const kept = await unbox(who.key, row.readable);
  const record = { ...kept.record, fields, type, ...(after && { after }) };
  const again = { type, state: "waiting", sealed: await sealed(who, record), problems: null };
  const readable = await box(who.key, { record, shown: { ...kept.shown, ...shown } });
  let other = true;
  await store.change(row.id, (now) => {
    other = now.state !== "rejected";
    return other ? now : { ...now, ...again, readable };
  }, STRICT);
  return { ...row, other };
}
