/** The briefing: what an officer needs to know tonight, fetched as data and kept, boxed, on this phone. */
import { ask } from "./connection.js";
import { utcText } from "./moments.js";
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

/** What is kept under a name with what it says; null where `who` cannot read it. */
async function readable(store, who, name) {
  const kept = who && (await store.get("briefings", name));
  const told = kept && (await unbox(who.key, kept.told));
  return told ? { ...kept, told } : null;
}

async function keep(store, who, name, { told, etag }, now) {
  await store.put("briefings", { told: await box(who.key, told), etag, fetched: now }, name);
}

/** The briefing that is kept for `who`, or null; `fetched` says when (milliseconds). Once its night is over, it says what it has for that. */
export async function keptBriefing(store, who) {
  const kept = await readable(store, who, who?.officer.id);
  if (!kept) return null;
  const { told, fetched } = kept;
  return { ...told, fetched, ...(Date.parse(told.over?.since) <= Date.now() && told.over) };
}

/**
 * Ask for the briefing of whoever is signed in. Resolves with {kind, who}; `who` is null unless the
 * server has said whose session it is.
 */
export async function fetchBriefing(store) {
  const here = await whoIsHere(store, Date.now());
  const kept = await readable(store, here, here?.officer.id);
  const { kind, body, etag } = await ask("/api/briefing", { etag: kept?.etag, patience: PATIENCE });
  const now = Date.now();
  const same = kind === "unchanged" && kept;
  // Whoever has left since it was asked for does not come back with it, and another one that came meanwhile stands.
  const last = await keptBriefing(store, await whoIsHere(store, now));
  const told = last?.fetched === kept?.fetched && (same ? kept.told : kind === "ours" && readBriefing(body));
  if (!told) return { kind: kind === "ours" ? "none" : kind, who: null };
  // By this phone's clock, which may be hours wrong.
  if (!same) told.over.since = utcText(now + Date.parse(told.over.since) - Date.parse(told.made_at));
  const who = await arrive(store, told.officer, now);
  await keep(store, who, who.officer.id, same ? kept : { told, etag }, now);
  if (!same) {
    if (told.server_key) await store.put("keys", told.server_key, "server");
    await tidy(store, told.made_at, now);
  }
  return { kind: "ours", who };
}

/** The premises register that is kept for `who`: [[id, name, detail]…]. */
export async function keptPremises(store, who) {
  return (await readable(store, who, premisesOf(who)))?.told ?? [];
}

/** Fetch the register where what is kept is older than a few hours. */
export async function fetchPremises(store, who) {
  const now = Date.now();
  const kept = await readable(store, who, premisesOf(who));
  if (now - kept?.fetched < PREMISES_LAST) return;
  const { kind, body, etag } = await ask("/api/premises", { etag: kept?.etag, patience: PATIENCE });
  if (kind === "unchanged" && kept) await keep(store, who, premisesOf(who), kept, now);
  else if (kind === "ours" && Array.isArray(body.premises)) await keep(store, who, premisesOf(who), { told: body.premises, etag }, now);
}
