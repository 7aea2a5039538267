/** The service worker opens an officer's pages without a network, and keeps out of the way of everything else. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { said } from "./browser.js";
import { fakeCaches } from "./fake_caches.js";
import { ORIGIN } from "./page.js";

// What the server serves of static/sw.js: with its version and the addresses of what it keeps.
const SOURCE = said("/sw.js");
const [, VERSION] = SOURCE.match(/VERSION = "(\w+)"/);
const [SHELLS, FILES] = ["SHELLS", "FILES"].map((name) => JSON.parse(SOURCE.match(new RegExp(`${name} = (\\[.*?\\]);`))[1]));
const ID = "6b7c2a10-0d6e-4f5a-9d3b-2f1e0c9a8b7d";

/** A worker whose network says what it was asked, while it is `online`. */
function worker({ online = true } = {}) {
  const asked = [];
  const network = { online };
  const fetch = async (request) => {
    const { pathname, search } = new URL(request.url ?? request, ORIGIN);
    if (!network.online) throw new TypeError("no network");
    asked.push(pathname + search);
    return new Response(`server's ${pathname}${search}`);
  };
  const caches = fakeCaches(fetch);
  const heard = {};
  const self = { addEventListener: (what, listener) => { heard[what] = listener; }, skipWaiting: () => { self.tookOver = true; } };
  const Asked = class extends Request {
    constructor(path, options) { super(new URL(path, ORIGIN), options); }
  };
  const around = { self, caches, fetch, location: new URL(ORIGIN), Request: Asked, Response: { redirect: (to) => new Response(`to ${to}`) } };
  new Function(...Object.keys(around), SOURCE)(...Object.values(around));
  const happens = async (what, event = {}) => {
    let work;
    heard[what]({ ...event, waitUntil: (promise) => { work = promise; }, respondWith: (promise) => { work = promise; } });
    return work && (await work);
  };
  const open = async (path, { method = "GET", mode = "navigate", origin = ORIGIN } = {}) => {
    const reply = await happens("fetch", { request: { url: origin + path, method, mode } });
    return reply ? reply.text() : "past it";
  };
  return { asked, caches, network, self, happens, open };
}

/** One that has kept everything, on a phone whose officer's pages may open from it. */
async function ready() {
  const one = worker();
  await one.happens("install");
  await one.caches.open("fieldlog-ready");
  one.network.online = false;
  return one;
}

test("all that the pages need is kept, and every page without anybody in it", async () => {
  const { asked, caches, happens } = worker();
  await happens("install");
  assert.deepEqual(asked, [...FILES, ...SHELLS]);
  assert.deepEqual(await caches.keys(), [`fieldlog-${VERSION}`]);
});

test("one file that does not come leaves the version before in charge", async () => {
  await assert.rejects(worker({ online: false }).happens("install"));
});

test("a new version that is in charge lets go of those before it, and of nothing else", async () => {
  const { caches, happens } = worker();
  for (const name of ["fieldlog-0ld", "fieldlog-ready", `fieldlog-${VERSION}`, "another"]) await caches.open(name);
  await happens("activate");
  assert.deepEqual(await caches.keys(), ["fieldlog-ready", `fieldlog-${VERSION}`, "another"]);
});

test("a new version takes over when it is asked to, and not before", async () => {
  const { self, happens } = worker();
  await happens("message", { data: "something else" });
  assert.equal(self.tookOver, undefined);
  await happens("message", { data: "take over" });
  assert.equal(self.tookOver, true);
});

for (const [path, shell] of Object.entries({
  "/tonight": "/shell/tonight",
  [`/tonight?saved=${ID}`]: "/shell/tonight",
  "/entries/mine": "/shell/entries/mine",
  "/entries/new/premises-visit?task=1": "/shell/entries/new/premises-visit",
  "/entries/new/encounter?first=warned": "/shell/entries/new/encounter?first=warned",
  [`/phone/entry/${ID}`]: "/shell/entry",
  [`/phone/amend/notice/${ID}`]: "/shell/entries/new/notice",
  [`/phone/mend/other/${ID}`]: "/shell/entries/new/other",
  "/phone": "/shell/phone",
})) {
  test(`${path} opens from the phone`, async () => {
    assert.equal(await (await ready()).open(path), `server's ${shell}`);
  });
}

test("the front page leads to Tonight", async () => {
  assert.equal(await (await ready()).open("/"), "to /tonight");
});

test("what is the server's alone is asked for, and without a network there is a way back", async () => {
  const { network, open } = await ready();
  for (const path of ["/entries/mine?night=2020-12-04", "/tallies", `/entries/${ID}`, `/phone/amend/no-such-kind/${ID}`]) {
    assert.equal(await open(path), "server's /shell/offline", path);
  }
  network.online = true;
  for (const path of ["/entries/mine?night=2020-12-04", "/tallies"]) assert.equal(await open(path), `server's ${path}`);
});

test("where nobody is signed in the pages are the server's, but for the one about the phone", async () => {
  const { caches, network, open } = await ready();
  await caches.delete("fieldlog-ready");
  assert.equal(await open("/phone"), "server's /shell/phone");
  assert.equal(await open("/tonight"), "server's /shell/offline");
  network.online = true;
  assert.deepEqual([await open("/tonight"), await open("/")], ["server's /tonight", "server's /"]);
});

test("a file that is kept needs no network, another one does", async () => {
  const { network, open } = await ready();
  assert.equal(await open(FILES[0], { mode: "no-cors" }), `server's ${FILES[0]}`);
  network.online = true;
  assert.equal(await open("/static/0/css/tallies.css", { mode: "no-cors" }), "server's /static/0/css/tallies.css");
});

test("what is sent, what phones ask for and what is another's goes past it", async () => {
  const { open } = await ready();
  const past = [
    await open("/tonight", { method: "POST" }), await open("/api/briefing", { mode: "cors" }), await open("/premises/search", { mode: "cors" }),
    await open("/static/0/js/main.js", { mode: "cors", origin: "https://elsewhere.example" }),
  ];
  assert.deepEqual(past, ["past it", "past it", "past it", "past it"]);
});
