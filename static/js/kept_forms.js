/** The forms that this phone keeps, fetched again when what the lists offer has changed. */

const FORMS = "/shell/entries/new/";

/** What a kept form says its lists are, and where its modules lie: that tells one version of fieldlog from another. */
const told = (page) => page.match(/fieldlog-lists" content="(\w+) ([^"]+)/)?.slice(1) ?? [];

/** Fetch the forms anew where `lists` is not what they were made from; only for the version that is kept. */
export async function refreshForms(lists) {
  for (const name of await caches.keys()) {
    const cache = await caches.open(name);
    for (const { url } of await cache.keys()) {
      if (!url.includes(FORMS)) continue;
      const [keptLists, modules] = told(await (await cache.match(url)).text());
      if (keptLists === lists) continue;
      const reply = await fetch(url, { cache: "no-store", credentials: "omit" }).catch(() => Response.error());
      const fresh = told(await reply.clone().text()).join();
      if (reply.ok && fresh === [lists, modules].join()) await cache.put(url, reply);
    }
  }
}
