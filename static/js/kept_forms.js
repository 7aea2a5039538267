/** The forms that this phone keeps, fetched again when what the lists offer has changed. */

const KEPT = /^fieldlog-[0-9a-f]+$/;
const FORMS = "/shell/entries/new/";

/** What a kept form says its lists are. */
export function listsOf(page) {
  return page.match(/<meta name="fieldlog-lists" content="(\w+)">/)?.[1] ?? "";
}

/** The address of the page's main module: it tells one version of fieldlog from another. */
export function versionOf(page) {
  return page.match(/src="([^"]+\/js\/main\.js)"/)?.[1] ?? "";
}

/** Fetch the forms anew where `lists` is not what they were made from; only for the version that is kept. */
export async function refreshForms(lists, { caches = globalThis.caches, fetch = globalThis.fetch } = {}) {
  for (const name of (await caches.keys()).filter((one) => KEPT.test(one))) {
    const cache = await caches.open(name);
    for (const request of await cache.keys()) {
      const { pathname, search } = new URL(request.url);
      if (pathname.startsWith(FORMS)) await refreshOne(cache, pathname + search, lists, fetch);
    }
  }
}

async function refreshOne(cache, path, lists, fetch) {
  const kept = await (await cache.match(path)).text();
  if (listsOf(kept) === lists) return;
  const reply = await fetch(path, { cache: "no-store", credentials: "omit" });
  const page = reply.ok ? await reply.clone().text() : "";
  if (listsOf(page) === lists && versionOf(page) === versionOf(kept)) await cache.put(path, reply);
}
