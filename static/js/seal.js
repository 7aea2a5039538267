/** Seals: one that only the server opens, for what waits to be sent, and one for this phone's own screen. */

const INFO = "fieldlog record v1";
const CURVE = { name: "ECDH", namedCurve: "P-256" };
const AES = { name: "AES-GCM", length: 256 };
const text = new TextEncoder();
const newIv = () => crypto.getRandomValues(new Uint8Array(12));

export function toBase64url(bytes) {
  let characters = "";
  for (const byte of new Uint8Array(bytes)) characters += String.fromCharCode(byte);
  return btoa(characters).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

export function fromBase64url(encoded) {
  const characters = atob(encoded.replaceAll("-", "+").replaceAll("_", "/"));
  return Uint8Array.from(characters, (character) => character.charCodeAt(0));
}

/**
 * Make ready to seal the record of that id to the server's key {kid, point}: {kid, seal(record, content)}. The key is
 * a new one for each record and bound to its id; to make it takes most of the time.
 */
export async function sealer(id, { kid, point }) {
  const { subtle } = crypto;
  const server = await subtle.importKey("raw", fromBase64url(point), CURVE, false, []);
  const mine = await subtle.generateKey(CURVE, false, ["deriveBits"]);
  const shared = await subtle.deriveBits({ name: "ECDH", public: server }, mine.privateKey, 256);
  const derived = await subtle.importKey("raw", shared, "HKDF", false, ["deriveKey"]);
  const hkdf = { name: "HKDF", hash: "SHA-256", salt: new Uint8Array(0), info: text.encode(INFO + id) };
  const key = await subtle.deriveKey(hkdf, derived, AES, false, ["encrypt"]);
  const epk = toBase64url(await subtle.exportKey("raw", mine.publicKey));
  return {
    kid,
    /** With the `content` of a photo, that stands behind the text and a NUL, and `ct` is an ArrayBuffer. */
    async seal(record, content) {
      const iv = newIv();
      const said = JSON.stringify(record);
      const whole = content ? await new Blob([said, "\0", content]).arrayBuffer() : text.encode(said);
      const ct = await subtle.encrypt({ name: AES.name, iv, additionalData: text.encode(id) }, key, whole);
      return { v: 1, kid, epk, iv: toBase64url(iv), ct: content ? ct : toBase64url(ct) };
    },
  };
}

/** A key for what this phone shows: it can be used here, and never be taken out. */
export function newReadingKey() {
  return crypto.subtle.generateKey(AES, false, ["encrypt", "decrypt"]);
}

/** A value, or bytes as they are, so that only `key` opens it: {iv, ct}. */
export async function box(key, value) {
  const iv = newIv();
  const said = value instanceof ArrayBuffer ? value : text.encode(JSON.stringify(value));
  return { iv, ct: await crypto.subtle.encrypt({ name: AES.name, iv }, key, said) };
}

const parsed = (bytes) => JSON.parse(new TextDecoder().decode(bytes));

/** What was boxed, or null where the key is gone or another one. */
export async function unbox(key, boxed, read = parsed) {
  if (!key || !boxed) return null;
  try {
    return read(await crypto.subtle.decrypt({ name: AES.name, iv: boxed.iv }, key, boxed.ct));
  } catch {
    return null;
  }
}
