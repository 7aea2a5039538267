/** Requests that end: a real one against the clock, and an answer only where it is fieldlog's own. */

const PATIENCE = 3_000;

const BY_STATUS = { 400: "unread", 401: "signed-out", 413: "unread", 429: "none" };

/** Milliseconds that a Retry-After in seconds asks for, at most an hour; 0 where it says nothing. */
export function retryAfter(text) {
  return /^\d{1,5}$/.test(text) ? Math.min(Number(text), 3600) * 1000 : 0;
}

/**
 * What a status and a body (an object, or null where it was none) mean. Anything that is not plainly ours proves nothing and
 * is "none"; else it is "ours", "unchanged", "signed-out", "csrf" (another token is needed), "unread" (what was sent could
 * not be read) or "refused".
 */
export function understood(status, body) {
  if (status === 304) return "unchanged";
  if (!body || typeof body !== "object" || status >= 500) return "none";
  if (status < 300) return "ours";
  if (typeof body.error !== "string") return "none";
  return body.error === "csrf" ? "csrf" : BY_STATUS[status] ?? "refused";
}

/**
 * Ask the server; resolves always, with {kind, status, body, wait, etag}, or with kind and wait where nothing came. Never
 * follows to another page. With a `body` it posts JSON, with a device's `token` under that alone; an `etag` asks only for
 * what has changed.
 */
export async function ask(path, { patience = PATIENCE, body, etag, token, csrf } = {}) {
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
    return { kind: "none", wait: 0 };
  } finally {
    clearTimeout(timer);
  }
}

/** Ask under the session of an officer, with a CSRF token of now; of another's session: signed out. */
export async function withSession(officerId, path, options) {
  const session = await ask("/api/csrf");
  if (session.kind !== "ours") return session;
  if (session.body.officer_id !== officerId) return { ...session, kind: "signed-out" };
  return ask(path, { ...options, csrf: session.body.token });
}
