/** A store in memory, an officer with a real key, and a server that answers as it is told. */
import { File } from "node:buffer";
import { webcrypto } from "node:crypto";
import { confirm } from "../../static/js/outbox.js";
import { fromBase64url, newReadingKey, toBase64url } from "../../static/js/seal.js";
import { AlreadyKept } from "../../static/js/store.js";

// What every browser has and Node 18 keeps in its libraries.
globalThis.crypto ??= webcrypto;
globalThis.File ??= File;

export const NOW = Date.parse("2020-12-05T21:40:03Z");

/** From now on it is that moment, until another one is set. */
export function itIs(moment) {
  Date.now = () => moment;
}

export function fakeStore() {
  const tables = { outbox: new Map(), drafts: new Map(), briefings: new Map(), keys: new Map(), photos: new Map(), devices: new Map(), settings: new Map() };
  let seq = 0;
  const find = (id) => [...tables.outbox.values()].find((row) => row.id === id);
  return {
    get: async (table, key) => tables[table].get(key),
    put: async (table, value, key) => void tables[table].set(key, value),
    async offer(table, value, key) {
      if (!tables[table].has(key)) tables[table].set(key, value);
      return tables[table].get(key);
    },
    remove: async (table, key) => void tables[table].delete(key),
    all: async (table) => [...tables[table].values()],
    find: async (id) => find(id),
    async keep(rows, draft) {
      if (rows.some((row) => find(row.id))) throw new AlreadyKept();
      for (const { bytes, ...row } of rows) {
        seq += 1;
        tables.outbox.set(seq, { ...row, seq });
        if (bytes) tables.photos.set(row.id, bytes);
      }
      tables.drafts.delete(draft);
      tables.photos.delete(draft);
    },
    async change(id, change) {
      const row = find(id);
      const next = row && change(row);
      if (next) tables.outbox.set(row.seq, next);
      else if (row && next === null) tables.outbox.delete(row.seq);
      if (row && !next?.sealed) tables.photos.delete(id);
    },
  };
}

/** A server's key pair: what a phone is given, and what opens the seals. */
export async function serverKeys() {
  const pair = await webcrypto.subtle.generateKey({ name: "ECDH", namedCurve: "P-256" }, true, ["deriveBits"]);
  const point = toBase64url(await webcrypto.subtle.exportKey("raw", pair.publicKey));
  return { given: { kid: "k1", point }, privateKey: pair.privateKey };
}

/** What the server finds in a seal, as bytes, by the words of the contract. Rejects where it cannot open it. */
export async function openedByServer({ id, sealed }, privateKey) {
  const { subtle } = webcrypto;
  const theirs = await subtle.importKey("raw", fromBase64url(sealed.epk), { name: "ECDH", namedCurve: "P-256" }, false, []);
  const shared = await subtle.deriveBits({ name: "ECDH", public: theirs }, privateKey, 256);
  const info = new TextEncoder().encode(`fieldlog record v1${id}`);
  const derived = await subtle.importKey("raw", shared, "HKDF", false, ["deriveKey"]);
  const key = await subtle.deriveKey({ name: "HKDF", hash: "SHA-256", salt: new Uint8Array(32), info }, derived, { name: "AES-GCM", length: 256 }, false, ["decrypt"]);
  const how = { name: "AES-GCM", iv: fromBase64url(sealed.iv), additionalData: new TextEncoder().encode(id) };
  return new Uint8Array(await subtle.decrypt(how, key, fromBase64url(sealed.ct)));
}

export const ASHA = { id: 1, name: "Asha Reed", detail: "CM07", role: "officer" };
export const BEN = { id: 2, name: "Ben Cole", detail: "PC 1432", role: "officer" };

/** A store in which an officer is signed in and the phone enrolled. */
export async function phoneOf(officer = ASHA, store = fakeStore()) {
  const server = await serverKeys();
  const key = await newReadingKey();
  await store.put("keys", server.given, "server");
  await store.put("keys", key, officer.id);
  await store.put("settings", { officer, contact: NOW }, "here");
  await store.put("devices", { id: "d1", token: "t1", expires_at: "2021-01-04T21:40:03Z", name: "Phone" }, officer.id);
  return { store, server, who: { officer, contact: NOW, key, server: server.given } };
}

const aborted = (signal) => new Promise((_done, fail) => {
  signal?.addEventListener("abort", () => fail(new DOMException("given up", "AbortError")));
});

/** From now on fetch answers from `answers` (path → function of the request) while it is `online`, and notes what it was asked. */
export function fakeFetch(answers, online = () => true) {
  const asked = [];
  const fetch = async (request, options = {}) => {
    const { pathname, search } = new URL(request.url ?? request, "https://fieldlog.example");
    const path = pathname + search;
    const { body: sent = null } = options;
    const body = typeof sent === "string" ? JSON.parse(sent) : sent;
    asked.push({ path, body, headers: options.headers ?? {} });
    const find = answers[path] ?? answers[pathname];
    const answer = online() && find && (await Promise.race([find(body, options.headers ?? {}, asked.length), aborted(options.signal)]));
    if (!answer) throw new TypeError("no network");
    const { status = 200, json, text = JSON.stringify(json), headers = {}, url = path } = answer;
    const reply = new Response(status === 304 ? null : text, { status, headers });
    return Object.defineProperty(reply, "url", { value: new URL(url, "https://fieldlog.example").href });
  };
  globalThis.fetch = fetch;
  return { fetch, asked };
}

export const stored = (records) => ({
  json: { answers: records.map(({ id }) => ({ id, state: "stored", problems: [], received_at: "2020-12-05T21:41:00Z" })) },
});

export const jpeg = (size, first = 1) => new Uint8Array(size).fill(7).fill(first, 0, 1).buffer;

/** A photo as the form has it, taken a minute before. */
export const photo = (id, size = 90) => ({ id, at: NOW - 60_000, sha256: "ab".repeat(32), bytes: jpeg(size) });

/** What is confirmed in the tests, and how it is shown. */
export const ENTRY = { id: "e1", type: "entry", kind: "premises-visit", fields: { place: "The Lamp" } };
export const shownWith = (...photos) => ({ shown: { title: "The Lamp" }, now: NOW, photos });

/** A phone that keeps one entry with photos. */
export async function phoneWithPhotos(...photos) {
  const phone = await phoneOf();
  await confirm(phone.store, phone.who, ENTRY, shownWith(...photos));
  return phone;
}
