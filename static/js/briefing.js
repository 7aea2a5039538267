/** The briefing: what an officer needs to know tonight, fetched as data and kept, boxed, on this phone. */
import { KIND, ask, json } from "./connection.js";
import { tidy } from "./outbox.js";
import { box, unbox } from "./seal.js";
import { arrive, stillInTouch } from "./who.js";

const RENEW_BEFORE = 20 * 24 * 60 * 60 * 1000;
const PATIENCE = 20_000;

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
  const here = await store.get("settings", "here");
  const kept = here && (await store.get("briefings", here.officer.id));
  const headers = kept?.etag ? { "If-None-Match": kept.etag } : {};
  const reply = await ask("/api/briefing", { headers, patience: PATIENCE, fetch });
  if (reply.kind === KIND.UNCHANGED && kept) {
    await store.put("briefings", { ...kept, fetched: now }, here.officer.id);
    await stillInTouch(store, here.officer.id, now);
    return { kind: KIND.OURS, who: await arrive(store, here.officer, now) };
  }
  const told = reply.kind === KIND.OURS ? readBriefing(reply.body) : null;
  if (!told) return { kind: reply.kind === KIND.OURS ? KIND.NONE : reply.kind, who: null };
  const who = await arrive(store, told.officer, now);
  const boxed = { told: await box(who.key, told, crypto), etag: reply.etag, fetched: now };
  await store.put("briefings", boxed, who.officer.id);
  await tidy(store, told.made_at, now);
  return { kind: KIND.OURS, who };
}

/** Enrol this phone for an officer who is signed in, or renew a token that will end; true when there is one. */
export async function enrol(store, officerId, { now, fetch = globalThis.fetch, name = "" }) {
  const device = await store.get("devices", officerId);
  const lasting = device?.token && Date.parse(device.expires_at) - now > RENEW_BEFORE;
  if (lasting && !name && (await store.get("keys", "server"))) return true;
  const session = await ask("/api/csrf", { fetch });
  if (session.kind !== KIND.OURS || session.body.officer_id !== officerId) return Boolean(device?.token);
  const wanted = { name: name || device?.name || phoneName(globalThis.navigator?.userAgent ?? "") };
  if (device?.id) wanted.device = device.id;
  const reply = await ask("/api/devices", { ...json(wanted, { "X-CSRFToken": session.body.token }), fetch });
  const given = reply.kind === KIND.OURS ? reply.body : null;
  if (typeof given?.token !== "string" || typeof given.server_key?.point !== "string") return Boolean(device?.token);
  await store.put("keys", given.server_key, "server");
  const { device: id, token, expires_at } = given;
  await store.put("devices", { id, token, expires_at, name: given.name ?? wanted.name }, officerId);
  return true;
}

/** A name for a phone until its officer gives it one. */
export function phoneName(agent) {
  if (/iPhone/.test(agent)) return "iPhone";
  if (/iPad/.test(agent)) return "iPad";
  return /Android/.test(agent) ? "Android phone" : "Computer";
}
