/** Requests that end: a real one against the clock, and an answer only where it is fieldlog's own. */

export const PATIENCE = 3_000;

/** How an answer is to be understood. Anything that is not plainly ours proves nothing. */
export const KIND = Object.freeze({
  OURS: "ours", UNCHANGED: "unchanged", SIGNED_OUT: "signed-out", CSRF: "csrf", TOO_LARGE: "too-large",
  BUSY: "busy", FULL: "full", REFUSED: "refused", NONE: "none",
});

const BY_STATUS = { 304: KIND.UNCHANGED, 401: KIND.SIGNED_OUT, 413: KIND.TOO_LARGE, 429: KIND.BUSY, 507: KIND.FULL };

/** Milliseconds that a Retry-After in seconds asks for, at most an hour; 0 where it says nothing. */
export function retryAfter(text) {
  return /^\d{1,5}$/.test(text ?? "") ? Math.min(Number(text), 3600) * 1000 : 0;
}

/** What a status and a body (an object, or null where it was none) mean. */
export function understood(status, body) {
  if (status === 304) return KIND.UNCHANGED;
  if (!body || typeof body !== "object") return KIND.NONE;
  if (status >= 200 && status < 300) return KIND.OURS;
  if (typeof body.error !== "string") return KIND.NONE;
  if (status === 400 && body.error === "csrf") return KIND.CSRF;
  return BY_STATUS[status] ?? (status >= 500 ? KIND.BUSY : KIND.REFUSED);
}

async function bodyOf(reply) {
  try {
    return JSON.parse(await reply.text());
  } catch {
    return null;
  }
}

/** Ask the server; resolves always, with {kind, status, body, wait, etag}. Never follows to another page. */
export async function ask(path, { patience = PATIENCE, fetch = globalThis.fetch, ...options } = {}) {
  const giveUp = new AbortController();
  const timer = setTimeout(() => giveUp.abort(), patience);
  try {
    const reply = await fetch(path, { cache: "no-store", redirect: "error", ...options, signal: giveUp.signal });
    const body = reply.status === 304 ? null : await bodyOf(reply);
    const kind = understood(reply.status, body);
    return {
      kind, status: reply.status, body, wait: retryAfter(reply.headers.get("Retry-After")), etag: reply.headers.get("ETag"),
    };
  } catch {
    return { kind: KIND.NONE, status: 0, body: null, wait: 0, etag: null };
  } finally {
    clearTimeout(timer);
  }
}

/** Post JSON under the session of an officer, with a CSRF token of now; of another's session: signed out. */
export async function withSession(officerId, path, body, { fetch = globalThis.fetch, ...options }) {
  const session = await ask("/api/csrf", { fetch });
  if (session.kind !== KIND.OURS) return session;
  if (session.body.officer_id !== officerId) return { ...session, kind: KIND.SIGNED_OUT };
  return ask(path, { ...json(body, { "X-CSRFToken": session.body.token }), ...options, fetch });
}

/** Options of a request that carries JSON. */
export function json(value, headers = {}) {
  return { method: "POST", body: JSON.stringify(value), headers: { "Content-Type": "application/json", ...headers } };
}
