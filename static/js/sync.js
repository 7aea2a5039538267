/** Send what waits: one flight at a time across tabs, in batches, each officer's under their own name. */
import { ask, withSession } from "./connection.js";
import { utcText } from "./moments.js";
import { isPhoto, isStored, settle, unsent, wired } from "./outbox.js";
import { leave, stillInTouch } from "./who.js";

const MOST = 50;
const LARGEST = 1_000_000;
const LARGEST_OF_PHOTOS = 300_000;
const STATES = new Set(["stored", "already-stored", "conflict", "set-aside", "rejected", "waiting"]);

/** What can go now, photos last: what belongs to a record that needs attention waits for it. */
export function sendable(all) {
  const held = new Set(all.filter((row) => row.state === "rejected").map((row) => row.id));
  const rows = all.filter((row) => row.state === "waiting" && !held.has(row.entry_id));
  return [...rows.filter((row) => !isPhoto(row)), ...rows.filter(isPhoto)];
}

/** The first records that fit into one batch; photos travel by themselves. */
export function batchOf(rows, most = MOST) {
  const batch = [];
  let size = 0;
  for (const row of rows.slice(0, most)) {
    size += row.size ? row.size * 4 / 3 : JSON.stringify(row.sealed).length;
    if (batch.length && (size > (row.size ? LARGEST_OF_PHOTOS : LARGEST) || isPhoto(row) !== isPhoto(batch[0]))) break;
    batch.push(row);
  }
  return batch;
}

/** The answers that name a record of the batch, and nothing else a reply may say. */
export function answersIn(body, batch) {
  const sent = new Set(batch.map((row) => row.id));
  const list = Array.isArray(body?.answers) ? body.answers : [];
  return list.filter((answer) => answer && sent.has(answer.id) && STATES.has(answer.state));
}

/** Send a batch with the phone's own token, or with the session of the same officer and a fresh CSRF token. */
async function post(store, batch, officerId) {
  const { id: device, token } = (await store.get("devices", officerId)) ?? {};
  const { records: held, oldest: oldest_unsent_at } = await unsent(store);
  const records = await Promise.all(batch.map((row) => wired(store, row)));
  const body = { device, sent_at: utcText(Date.now()), unsent: held, ...(oldest_unsent_at && { oldest_unsent_at }), records };
  // A weak signal takes its time over one photo, and no longer over any other record.
  const patience = isPhoto(batch[0]) ? 90_000 : 25_000;
  let reply = token ? await ask("/api/sync", { body, token, patience }) : { kind: "signed-out" };
  for (const again of ["signed-out", "csrf"]) {
    if (reply.kind === again) reply = await withSession(officerId, "/api/sync", { body, patience });
  }
  return reply;
}

/**
 * Send everything of one officer. Resolves with the kind of the last answer; `tell` hears which records
 * are on their way, and none once they are not.
 */
export async function sendQueue(store, officerId, tell = () => {}) {
  const tried = new Set();
  let most = MOST;
  for (;;) {
    const rows = sendable(await store.all("outbox")).filter((row) => row.officer_id === officerId && !tried.has(row.id));
    if (!rows.length) return { kind: "ours" };
    const batch = batchOf(rows, most);
    tell(batch.map((row) => row.id));
    const reply = await post(store, batch, officerId);
    tell([]);
    const unread = reply.kind === "unread";
    if (unread) {
      // One record may be what is wrong with a batch: it is found by halves, and holds up no other.
      most = Math.floor(batch.length / 2) || MOST;
      if (batch.length > 1) continue;
    } else if (reply.kind !== "ours") return reply;
    const answers = unread ? notTaken(batch[0], reply.body) : answersIn(reply.body, batch);
    if (answers.length) await takeAnswers(store, officerId, answers, reply.body, Date.now());
    for (const answer of answers) tried.add(answer.id);
    // Half an answer: the rest is asked about again, later, as if nothing had been said.
    if (answers.length < batch.length) return { kind: "none" };
  }
}

async function takeAnswers(store, officerId, answers, body, now) {
  const key = await store.get("keys", officerId);
  for (const answer of answers) await settle(store, answer, { key, now });
  if (body.device?.revoked) await revoked(store, officerId);
  else if (answers.some(isStored)) await stillInTouch(store, officerId, now);
  await store.put("settings", now, "sent");
}

function notTaken({ id }, { message }) {
  return [{ id, state: "rejected", problems: [{ field: "record", message }] }];
}

async function revoked(store, officerId) {
  const device = await store.get("devices", officerId);
  if (device) await store.put("devices", { ...device, revoked: true }, officerId);
  await leave(store, officerId);
}

/** Resolves when the page is left: one that is only put away must not hold up the others. */
function left() {
  return new Promise((done) => globalThis.addEventListener?.("pagehide", () => done(null), { once: true }));
}

/**
 * Send everything of everybody, unless another tab is at it. Resolves with null then, else with the worst
 * answer. With `steal`, it sends all the same: what arrives twice is counted once.
 */
export async function sendAll(store, { steal, tell } = {}, locks = navigator.locks) {
  const work = async () => {
    const waiting = sendable(await store.all("outbox"));
    let worst = { kind: "ours" };
    for (const officerId of new Set(waiting.map((row) => row.officer_id))) {
      const reply = await sendQueue(store, officerId, tell);
      if (reply.kind !== "ours") worst = reply;
    }
    return worst;
  };
  return locks.request("fieldlog-send", { [steal ? "steal" : "ifAvailable"]: true }, (lock) => (lock ? Promise.race([work(), left()]) : null));
}
