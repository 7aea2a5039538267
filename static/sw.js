/* Opens the officer's pages without a network. The server puts VERSION, SHELLS and FILES above this line.

   It answers only what has an address and nothing behind it: a form that is sent, and everything under
   /api/, goes past it. A new version waits until no page of the old one is open, or until somebody asks
   for it where nothing waits to be sent. */

const CACHE = `fieldlog-${VERSION}`;
/* There while an officer's briefing is on this phone; the pages make it and take it away. */
const READY = "fieldlog-ready";

/* Whole or not at all: one file that does not come leaves the version before in charge. */
async function install() {
  const cache = await caches.open(CACHE);
  await cache.addAll(FILES);
  await cache.addAll(SHELLS.map((path) => new Request(path, { cache: "reload", credentials: "omit" })));
}

async function activate() {
  for (const name of await caches.keys()) {
    if (name.startsWith("fieldlog-") && name !== CACHE && name !== READY) await caches.delete(name);
  }
}

/* The shell that stands for a page, or null where the page is the server's alone. */
function shellOf({ pathname, searchParams }) {
  if (pathname === "/entries/mine" && searchParams.has("night")) return null;
  const [, own, kind] = pathname.match(/^\/phone\/(?:(entry)|(?:amend|mend)\/([a-z-]+))\/[0-9a-f-]{36}$/) ?? [];
  const first = searchParams.get("first");
  if (own) return "/shell/entry";
  const shell = kind ? `/shell/entries/new/${kind}` : `/shell${pathname}${first ? `?first=${first}` : ""}`;
  return SHELLS.includes(shell) ? shell : null;
}

async function page(request, url) {
  const cache = await caches.open(CACHE);
  const ready = await caches.has(READY);
  if (ready && url.pathname === "/") return Response.redirect("/tonight");
  const shell = ready || url.pathname === "/phone" ? shellOf(url) : null;
  const kept = shell && (await cache.match(shell));
  return kept || fetch(request).catch(async () => (await cache.match("/shell/offline")) ?? Response.error());
}

async function file(request) {
  const cache = await caches.open(CACHE);
  return (await cache.match(request)) ?? fetch(request);
}

self.addEventListener("install", (event) => event.waitUntil(install()));
self.addEventListener("activate", (event) => event.waitUntil(activate()));
self.addEventListener("message", (event) => {
  if (event.data === "take over") self.skipWaiting();
});
self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== location.origin || url.pathname.startsWith("/api/")) return;
  if (request.mode === "navigate") event.respondWith(page(request, url));
  else if (url.pathname.startsWith("/static/")) event.respondWith(file(request));
});
