/** Requests that end: a real one against the clock, and an answer only where it is fieldlog's own. */

export const PATIENCE = 3_000;

/** How an answer is to be understood. Anything that is not plainly ours proves nothing. */
export const KIND = Object.freeze({
  OURS: "ours", UNCHANGED: "unchanged", SIGNED_OUT: "signed-out", CSRF: "csrf", UNREAD: "unread", REFUSED: "refused", NONE: "none",
});

const BY_STATUS = { 400: KIND.UNREAD, 401: KIND.SIGNED_OUT, 413: KIND.UNREAD, 429: KIND.NONE };

/** Milliseconds that a Retry-After in seconds asks for, at most an hour; 0 where it says nothing. */
export function retryAfter(text) {
  return /^\d{1,5}$/.test(text ?? "") ? Math.min(Number(text), 3600) * 1000 : 0;
}

/** What a status and a body (an object, or null where it was none) mean. */
export function understood(status, body) {
  if (status === 304) return KIND.UNCHANGED;
  if (!body || typeof body !== "object" || status >= 500) return KIND.NONE;
  if (status < 300) return KIND.OURS;
  if (typeof body.error !== "string") return KIND.NONE;
  return body.error === "csrf" ? KIND.CSRF : BY_STATUS[status] ?? KIND.REFUSED;
}

/**
 * Ask the server; resolves always, with {kind, status, body, wait, etag}. Never follows to another page. With a `body`
 * it posts JSON, with a device's `token` under that alone; an `etag` asks only for what has changed.
 */
export async function ask(path, { patience = PATIENCE, fetch = globalThis.fetch, body, etag, token, csrf } = {}) {
  const giveUp = new AbortController();
  const timer = setTimeout(() => giveUp.abort(), patience);
  const headers = {
    ...(body && { "Content-Type": "application/json" }), ...(etag && { "If-None-Match": etag }),
    ...(token && { Authorization: `Bearer ${token}` }), ...(csrf && { "X-CSRFToken": csrf }),
  };
  const options = { ...(body && { method: "POST", body: JSON.stringify(body) }), ...(token && { credentials: "omit" }) };
  try {
    const reply = await fetch(path, { cache: "no-store", redirect: "error", headers, signal: giveUp.signal, ...options });
    const { status } = reply;
    const answer = status === 304 ? null : await reply.json().catch(() => null);
    const said = (name) => reply.headers.get(name);
    return { kind: understood(status, answer), status, body: answer, wait: retryAfter(said("Retry-After")), etag: said("ETag") };
  } catch {
    return { kind: KIND.NONE, status: 0, body: null, wait: 0, etag: null };
  } finally {
    clearTimeout(timer);
  }
}

/** Ask under the session of an officer, with a CSRF token of now; of another's session: signed out. */
export async function withSession(officerId, path, options) {
  const session = await ask("/api/csrf");
  if (session.kind !== KIND.OURS) return session;
  if (session.body.officer_id !== officerId) return { ...session, kind: KIND.SIGNED_OUT };
  return ask(path, { ...options, csrf: session.body.token });
}
