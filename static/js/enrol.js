/** The phone's own token: given at sign-in, renewed while it lasts, good for delivering and nothing else. */
import { ask, withSession } from "./connection.js";

const DAY = 24 * 60 * 60 * 1000;
const RENEW_BEFORE = 15 * DAY;

const left = (device) => Date.parse(device?.expires_at ?? 0) - Date.now();

/** Enrol this phone for an officer who is signed in; true when there is a token that lasts, and a key to seal to. */
export async function enrol(store, officerId, name) {
  const device = await store.get("devices", officerId);
  const ours = device && !device.revoked;
  const kept = Boolean(ours && device.token && (await store.get("keys", "server")));
  if (kept && !name && left(device) > RENEW_BEFORE) return true;
  const body = { name, ...(ours && { device: device.id }) };
  return (await take(store, officerId, await withSession(officerId, "/api/devices", { body }))) || kept;
}

/** Change a token that will end before long for another one, with the token itself: nobody needs to sign in. */
export async function renew(store, officerId) {
  const device = await store.get("devices", officerId);
  if (!device?.token || device.revoked || left(device) > RENEW_BEFORE || left(device) < 0) return;
  await take(store, officerId, await ask("/api/devices/rotate", { body: {}, token: device.token }));
}

async function take(store, officerId, reply) {
  const { device: id, token, expires_at, name, server_key } = (reply.kind === "ours" && reply.body) || {};
  if (typeof token !== "string" || typeof server_key?.point !== "string") return false;
  await store.put("keys", server_key, "server");
  await store.put("devices", { id, token, expires_at, name }, officerId);
  return true;
}
