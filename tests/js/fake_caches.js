/** The caches of a browser, in memory: what a service worker keeps and a page asks about. */

const ORIGIN = "https://fieldlog.example";
const addressOf = (request) => new URL(request.url ?? request, ORIGIN).href;

/** `fetch(request)` fetches what is added by its address. */
export function fakeCaches(fetch) {
  const all = new Map();
  const cacheOf = () => {
    const kept = new Map();
    const put = async (request, reply) => void kept.set(addressOf(request), { reply, request });
    return {
      put,
      match: async (request) => kept.get(addressOf(request))?.reply.clone(),
      keys: async () => [...kept].map(([url]) => ({ url })),
      async addAll(requests) {
        const replies = await Promise.all(requests.map((request) => fetch(request)));
        if (replies.some((reply) => !reply.ok)) throw new TypeError("a file did not come");
        for (const [index, reply] of replies.entries()) await put(requests[index], reply);
      },
    };
  };
  return {
    has: async (name) => all.has(name),
    delete: async (name) => all.delete(name),
    keys: async () => [...all.keys()],
    async open(name) {
      if (!all.has(name)) all.set(name, cacheOf());
      return all.get(name);
    },
  };
}
