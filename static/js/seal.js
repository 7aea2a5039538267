/** Seals: one that only the server opens, for what waits to be sent, and one for this phone's own screen. */

const INFO = "fieldlog record v1";
const CURVE = { name: "ECDH", namedCurve: "P-256" };
const IV_BYTES = 12;
const text = new TextEncoder();

export function toBase64url(bytes) {
  let characters = "";
  for (const byte of new Uint8Array(bytes)) characters += String.fromCharCode(byte);
  return btoa(characters).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
}

export function fromBase64url(encoded) {
  const characters = atob(encoded.replace(/-/g, "+").replace(/_/g, "/"));
  return Uint8Array.from(characters, (character) => character.charCodeAt(0));
}

/**
 * Seal a record to the server's key {kid, point}: a key of its own for each, bound to the record's id. With the
 * `content` of a photo, that stands behind the text and a NUL, and `ct` is an ArrayBuffer.
 */
export async function seal(record, serverKey, content = null) {
  const { subtle } = crypto;
  const server = await subtle.importKey("raw", fromBase64url(serverKey.point), CURVE, false, []);
  const mine = await subtle.generateKey(CURVE, false, ["deriveBits"]);
  const shared = await subtle.deriveBits({ name: "ECDH", public: server }, mine.privateKey, 256);
  const derived = await subtle.importKey("raw", shared, "HKDF", false, ["deriveKey"]);
  const key = await subtle.deriveKey(
    { name: "HKDF", hash: "SHA-256", salt: new Uint8Array(0), info: text.encode(INFO + record.id) },
    derived, { name: "AES-GCM", length: 256 }, false, ["encrypt"],
  );
  const iv = crypto.getRandomValues(new Uint8Array(IV_BYTES));
  const sealing = { name: "AES-GCM", iv, additionalData: text.encode(record.id) };
  const said = JSON.stringify(record);
  const whole = content ? await new Blob([said, "\0", content]).arrayBuffer() : text.encode(said);
  const ct = await subtle.encrypt(sealing, key, whole);
  const epk = await subtle.exportKey("raw", mine.publicKey);
  return { v: 1, kid: serverKey.kid, epk: toBase64url(epk), iv: toBase64url(iv), ct: content ? ct : toBase64url(ct) };
}

/** A key for what this phone shows: it can be used here, and never be taken out. */
export function newReadingKey() {
  return crypto.subtle.generateKey({ name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt"]);
}

/** A value, or bytes as they are, as an ArrayBuffer that only `key` opens. */
export async function box(key, value) {
  const iv = crypto.getRandomValues(new Uint8Array(IV_BYTES));
  const said = value instanceof ArrayBuffer ? value : text.encode(JSON.stringify(value));
  const ct = await crypto.subtle.encrypt({ name: "AES-GCM", iv }, key, said);
  const whole = new Uint8Array(IV_BYTES + ct.byteLength);
  whole.set(iv);
  whole.set(new Uint8Array(ct), IV_BYTES);
  return whole.buffer;
}

const parsed = (bytes) => JSON.parse(new TextDecoder().decode(bytes));

/** What was boxed, or null where the key is gone or another one. */
export async function unbox(key, boxed, read = parsed) {
  if (!key || !boxed) return null;
  try {
    const opening = { name: "AES-GCM", iv: boxed.slice(0, IV_BYTES) };
    return read(await crypto.subtle.decrypt(opening, key, boxed.slice(IV_BYTES)));
  } catch {
    return null;
  }
}
