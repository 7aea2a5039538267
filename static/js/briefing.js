/** The briefing: what an officer needs to know tonight, fetched as data and kept, boxed, on this phone. */
import { KIND, ask } from "./connection.js";
import { tidy } from "./outbox.js";
import { box, unbox } from "./seal.js";
import { arrive, whoIsHere } from "./who.js";

const PATIENCE = 20_000;
const PREMISES_LAST = 4 * 60 * 60 * 1000;

const premisesOf = (who) => `premises ${who.officer.id}`;

/** Only a briefing: a sign-in page of a pub's WiFi may answer 200 and JSON as well. */
export function readBriefing(body) {
  const good = Number.isInteger(body?.officer?.id) && typeof body.made_at === "string"
    && [body.deployments, body.entries, body.tiles].every(Array.isArray);
  return good ? body : null;
}

/** The briefing that is kept for `who`, or null; `fetched` says when (milliseconds). */
export async function keptBriefing(store, who) {
  const kept = who && (await store.get("briefings", who.officer.id));
  const told = kept && (await unbox(who.key, kept.told));
  return told && { ...told, fetched: kept.fetched };
}

/**
 * Ask for the briefing of whoever is signed in. Resolves with {kind, who}; `who` is null unless the
 * server has said whose session it is.
 */
export async function fetchBriefing(store, { now, fetch = globalThis.fetch, crypto = globalThis.crypto } = {}) {
  const here = await whoIsHere(store, now);
  const before = here && (await store.get("briefings", here.officer.id));
  const kept = before && (await unbox(here.key, before.told, crypto)) ? before : null;
  const headers = kept?.etag ? { "If-None-Match": kept.etag } : {};
  const reply = await ask("/api/briefing", { headers, patience: PATIENCE, fetch });
  if (reply.kind === KIND.UNCHANGED && kept) {
    await store.put("briefings", { ...kept, fetched: now }, here.officer.id);
    return { kind: KIND.OURS, who: await arrive(store, here.officer, now) };
  }
  const told = reply.kind === KIND.OURS ? readBriefing(reply.body) : null;
  if (!told) return { kind: reply.kind === KIND.OURS ? KIND.NONE : reply.kind, who: null };
  const who = await arrive(store, told.officer, now);
  const boxed = { told: await box(who.key, told, crypto), etag: reply.etag, fetched: now };
  await store.put("briefings", boxed, who.officer.id);
  if (told.server_key) await store.put("keys", told.server_key, "server");
  await tidy(store, told.made_at, now);
  return { kind: KIND.OURS, who };
}

/** The premises register that is kept for `who`: [[id, name, detail]…]. */
export async function keptPremises(store, who) {
  const kept = await store.get("briefings", premisesOf(who));
  return (kept && (await unbox(who.key, kept.told))) ?? [];
}

/** Fetch the register where what is kept is older than a few hours. */
export async function fetchPremises(store, who, { now, fetch = globalThis.fetch, crypto = globalThis.crypto }) {
  const kept = await store.get("briefings", premisesOf(who));
  if (kept && now - kept.fetched < PREMISES_LAST) return;
  const headers = kept?.etag ? { "If-None-Match": kept.etag } : {};
  const reply = await ask("/api/premises", { headers, patience: PATIENCE, fetch });
  const unchanged = reply.kind === KIND.UNCHANGED && kept && (await unbox(who.key, kept.told, crypto));
  if (unchanged) await store.put("briefings", { ...kept, fetched: now }, premisesOf(who));
  if (reply.kind !== KIND.OURS || !Array.isArray(reply.body.premises)) return;
  const told = await box(who.key, reply.body.premises, crypto);
  await store.put("briefings", { told, etag: reply.etag, fetched: now }, premisesOf(who));
}
