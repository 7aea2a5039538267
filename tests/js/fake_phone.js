/** A store in memory, an officer with a real key, and a server that answers as it is told. */
import { webcrypto } from "node:crypto";
import { newReadingKey, toBase64url } from "../../static/js/seal.js";
import { AlreadyKept } from "../../static/js/store.js";

globalThis.crypto ??= webcrypto;

export const NOW = Date.parse("2020-12-05T21:40:03Z");

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

export const ASHA = { id: 1, name: "Asha Reed", detail: "CM07", role: "officer" };
export const BEN = { id: 2, name: "Ben Cole", detail: "PC 1432", role: "officer" };

/** A store in which an officer is signed in and the phone enrolled. */
export async function phoneOf(officer = ASHA) {
  const store = fakeStore();
  const server = await serverKeys();
  const key = await newReadingKey();
  await store.put("keys", server.given, "server");
  await store.put("keys", key, officer.id);
  await store.put("settings", { officer, contact: NOW }, "here");
  await store.put("devices", { id: "d1", token: "t1", expires_at: "2021-01-04T21:40:03Z", name: "Phone" }, officer.id);
  return { store, server, who: { officer, contact: NOW, key } };
}

/** From now on fetch answers from `answers` (path → function of the request), and notes what it was asked. */
export function fakeFetch(answers) {
  const asked = [];
  const fetch = async (path, options = {}) => {
    const body = options.body ? JSON.parse(options.body) : null;
    asked.push({ path, body, headers: options.headers ?? {} });
    const answer = answers[path]?.(body, options.headers ?? {}, asked.length);
    if (!answer) throw new TypeError("no network");
    const { status = 200, json, text = JSON.stringify(json), headers = {} } = answer;
    return { status, ok: status < 300, json: async () => JSON.parse(text), headers: new Headers(headers) };
  };
  globalThis.fetch = fetch;
  return { fetch, asked };
}

export const stored = (records) => ({
  json: { answers: records.map(({ id }) => ({ id, state: "stored", problems: [], received_at: "2020-12-05T21:41:00Z" })) },
});
