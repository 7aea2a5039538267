/**
 * Renew a part of a page in place: what is the same stays the very same element, so that the focus, an open fold and
 * what somebody is reading stay where they are.
 */

const ELEMENT = 1;
/** What the person has set, not the server. */
const THEIRS = new Set(["open"]);

/** What tells a child from its siblings: its key or id, else its tag and its place among those. */
export function keysOf(children) {
  const seen = new Map();
  return children.map((child) => {
    const own = child.nodeType === ELEMENT && (child.dataset?.key || child.id);
    if (own) return `${child.nodeName}=${own}`;
    const place = seen.get(child.nodeName) ?? 0;
    seen.set(child.nodeName, place + 1);
    return `${child.nodeName} ${place}`;
  });
}

/** Make `old` what `fresh` is. */
export function renew(old, fresh) {
  if (old.isEqualNode(fresh)) return;
  if (old.nodeType !== ELEMENT) {
    if (old.nodeValue !== fresh.nodeValue) old.nodeValue = fresh.nodeValue;
    return;
  }
  attributes(old, fresh);
  children(old, fresh);
}

function attributes(old, fresh) {
  for (const { name } of [...old.attributes]) {
    if (!fresh.hasAttribute(name) && !THEIRS.has(name)) old.removeAttribute(name);
  }
  for (const { name, value } of [...fresh.attributes]) {
    if (old.getAttribute(name) !== value && !THEIRS.has(name)) old.setAttribute(name, value);
  }
}

function children(old, fresh) {
  const there = [...old.childNodes];
  const wanted = [...fresh.childNodes];
  const keys = keysOf(there);
  const known = new Map(keys.map((key, place) => [key, there[place]]));
  const staying = new Map(keysOf(wanted).map((key, place) => [wanted[place], known.get(key)]));
  const kept = new Set(staying.values());
  // What goes, goes first: then what stays need not be moved past it, which would take its focus.
  there.filter((child) => !kept.has(child)).forEach((child) => child.remove());
  let next = old.firstChild;
  for (const child of wanted) {
    const same = staying.get(child);
    if (!same) {
      old.insertBefore(child, next);
    } else {
      if (same === next) next = next.nextSibling;
      else old.insertBefore(same, next);
      renew(same, child);
    }
  }
}
