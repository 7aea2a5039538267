/** Whose phone this is just now: the officer, the key to what they may read here, and their last contact. */
import { newReadingKey } from "./seal.js";

export const READABLE_FOR = 72 * 60 * 60 * 1000;
const READY = "fieldlog-ready";

/** Who `store` says is using the phone, with their reading key; null after signing out. */
export async function whoIsHere(store, now) {
  const here = await store.get("settings", "here");
  if (!here) return null;
  if (now - here.contact > READABLE_FOR) {
    // Nothing kept can be read any more; logging goes on under a new key, which lasts as long.
    await store.remove("keys", here.officer.id);
    await stillInTouch(store, here.officer.id, now);
  }
  const kept = await store.get("keys", here.officer.id);
  return { ...here, key: kept ?? (await store.offer("keys", await newReadingKey(), here.officer.id)) };
}

/** Note that the server answered this officer; another one who was here before leaves. */
export async function arrive(store, officer, now) {
  const before = await store.get("settings", "here");
  if (before && before.officer.id !== officer.id) await leave(store, before.officer.id);
  if (before && now - before.contact > READABLE_FOR) await store.remove("keys", officer.id);
  await store.put("settings", { officer, contact: now }, "here");
  return whoIsHere(store, now);
}

/** Count the 72 hours of an officer who is here from now. */
export async function stillInTouch(store, officerId, now) {
  const here = await store.get("settings", "here");
  if (here?.officer.id === officerId) await store.put("settings", { ...here, contact: now }, "here");
}

/** Sign an officer out on this phone: what it kept for them to read cannot be read any more; sealed records stay. */
export async function leave(store, officerId) {
  const here = await store.get("settings", "here");
  await store.remove("keys", officerId);
  await store.remove("briefings", officerId);
  await store.remove("briefings", `premises ${officerId}`);
  if (here?.officer.id !== officerId) return;
  await store.remove("settings", "here");
  await setReady(false);
}

/** Tell the service worker whether the officer's pages can be opened from this phone. */
export async function setReady(ready) {
  if (typeof caches === "undefined") return;
  if (ready) await caches.open(READY);
  else await caches.delete(READY);
}
