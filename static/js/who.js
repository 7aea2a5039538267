/** Whose phone this is just now: the officer, the key to what they may read here, the server's key, and their last contact. */
import { newReadingKey } from "./seal.js";

export const READABLE_FOR = 72 * 60 * 60 * 1000;

const here = (store) => store.get("settings", "here");

/** Who `store` says is using the phone, with their reading key and the server's; null after signing out. */
export async function whoIsHere(store, now) {
  const kept = await here(store);
  if (!kept) return null;
  const { id } = kept.officer;
  if (now - kept.contact > READABLE_FOR) {
    // Nothing kept can be read any more; logging goes on under a new key, which lasts as long.
    await store.remove("keys", id);
    await stillInTouch(store, id, now);
  }
  const key = (await store.get("keys", id)) ?? (await store.offer("keys", await newReadingKey(), id));
  return { ...kept, key, server: await store.get("keys", "server") };
}

/** Note that the server answered this officer; another one who was here before leaves. */
export async function arrive(store, officer, now) {
  const before = await whoIsHere(store, now);
  if (before && before.officer.id !== officer.id) await leave(store, before.officer.id);
  await store.put("settings", { officer, contact: now }, "here");
  return whoIsHere(store, now);
}

/** Count the 72 hours of an officer who is here from now. */
export async function stillInTouch(store, officerId, now) {
  const kept = await here(store);
  if (kept?.officer.id === officerId) await store.put("settings", { ...kept, contact: now }, "here");
}

/** Sign an officer out on this phone: what it kept for them to read cannot be read any more; sealed records stay. */
export async function leave(store, officerId) {
  await store.remove("keys", officerId);
  await store.remove("briefings", officerId);
  await store.remove("briefings", `premises ${officerId}`);
  if ((await here(store))?.officer.id !== officerId) return;
  await store.remove("settings", "here");
  await setReady(false);
}

/** Tell the service worker whether the officer's pages can be opened from this phone. */
export async function setReady(ready) {
  await globalThis.caches?.[ready ? "open" : "delete"]("fieldlog-ready");
}
