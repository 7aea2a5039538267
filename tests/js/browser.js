/** A browser of one phone: what it keeps, the network around it, and the real pages that are opened in it. */
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { openStore } from "../../static/js/store.js";
import { fakeCaches } from "./fake_caches.js";
import { ASHA, NOW, fakeFetch, openedByServer, serverKeys, stored } from "./fake_phone.js";
import { openPage } from "./page.js";
import { standingClock } from "./standing_clock.js";

const require = createRequire(new URL("../setup/package.json", import.meta.url));
const { CookieJar } = require("jsdom");
require("fake-indexeddb/auto");

const HOW = `The real pages are written by make. For one file: make javascript TESTS=tests/js/NAME.test.js
or, to do it again and again: .venv/bin/python -m tests.js.pages FOLDER, then FIELDLOG_PAGES=FOLDER node --test tests/js/NAME.test.js`;

/** What the server of the demonstration says at an address: a page, or its answer to a phone. */
export function said(address) {
  const folder = process.env.FIELDLOG_PAGES;
  if (!folder) throw new Error(HOW);
  return readFileSync(join(folder, encodeURIComponent(address)), "utf8");
}

/** The demonstration's briefing for Asha, with `more` in it. */
export const briefing = (more = {}) => ({ ...JSON.parse(said("/api/briefing")), ...more });

/** A record as the server reads it out of its seal, without the bytes of a photo. */
async function recordIn(sent, { privateKey }) {
  const text = new TextDecoder().decode(await openedByServer(sent, privateKey));
  return JSON.parse(text.split("\0")[0]);
}

/** A server that knows Asha and takes everything, `received`; a test puts answers of its own in their place. */
function answersOf(server, received) {
  const session = { token: "c1", officer_id: ASHA.id };
  const device = { device: "d1", token: "t1", name: "Phone", expires_at: "2021-01-04T21:40:03Z", server_key: server.given };
  const answers = {
    "/api/csrf": () => ({ json: session }),
    "/api/devices": () => ({ json: device }),
    async "/api/sync"({ records }) {
      for (const one of records) received.push(await recordIn(one, server));
      return stored(records);
    },
    "/health": () => ({ json: { ok: true } }),
  };
  answers["/api/premises"] = () => ({ text: said("/api/premises") });
  return answers;
}

/** Something that events happen to, heard by listeners and by its `on…`. */
export class Eventful extends EventTarget {
  dispatchEvent(event) {
    this[`on${event.type}`]?.(event);
    return super.dispatchEvent(event);
  }
}

/** What the service worker is to a page: registered, and in charge. */
function workerOf() {
  const registration = Object.assign(new Eventful(), { active: {}, waiting: null, installing: null });
  return Object.assign(new Eventful(), {
    registration, ready: Promise.resolve(registration), register: async () => registration, getRegistration: async () => registration,
  });
}

/** Locks that one page of a browser holds and the others do not get. */
function locksOf() {
  const held = new Map();
  return {
    query: async () => ({ held: [...held.keys()].map((name) => ({ name })) }),
    async request(name, { ifAvailable, steal } = {}, work) {
      if (ifAvailable && !steal && held.has(name)) return work(null);
      const mine = Symbol(name);
      held.set(name, mine);
      try {
        return await work({ name });
      } finally {
        if (held.get(name) === mine) held.delete(name);
      }
    },
  };
}

/** The browser's channels: what one page posts, every other page that listens hears. */
function channelsOf() {
  const live = new Set();
  return class {
    constructor(name) {
      this.name = name;
      live.add(this);
    }

    postMessage(data) {
      for (const other of live) if (other !== this && other.name === this.name) setImmediate(() => other.onmessage?.({ data }));
    }

    close() {
      live.delete(this);
    }
  };
}

/** What matches a media query: nothing, until a test says so and tells of the change. */
function mediaOf() {
  const known = new Map();
  return (query) => {
    if (!known.has(query)) known.set(query, Object.assign(new EventTarget(), { matches: false }));
    return known.get(query);
  };
}

/** A new browser, in which nobody has signed in. */
export async function newBrowser({ now = NOW } = {}) {
  const server = await serverKeys();
  const received = [];
  const browser = {
    online: true, received, server, answers: answersOf(server, received), indexedDB: new IDBFactory(), clock: standingClock(now), cookies: new CookieJar(),
    worker: workerOf(), locks: locksOf(), media: mediaOf(), Channel: channelsOf(),
    /** From now on the server's briefing says `more` besides. */
    brief(more = {}) {
      browser.answers["/api/briefing"] = () => ({ json: briefing({ server_key: server.given, ...more }) });
    },
    /** Open what the server says at `name`, under that address or the one that a phone gives it. */
    open: (name, { at = name, html = said(name), ...more } = {}) => openPage(browser, html, at, more),
    /** Sign Asha in with signal: from then on her pages open from the phone. */
    async signIn() {
      const page = browser.open("/tonight");
      await page.start();
      await page.until(() => page.document.documentElement.dataset.phoneReady === "yes");
      page.leave();
    },
  };
  const { fetch, asked } = fakeFetch(browser.answers, () => browser.online);
  globalThis.indexedDB = browser.indexedDB;
  browser.brief();
  return Object.assign(browser, { fetch, asked, caches: fakeCaches(fetch), store: await openStore() });
}

/** Log a patrol note on Asha's phone, as its form does; it waits there until a page sends it. */
export async function logNote(browser, notes) {
  const page = browser.open("/shell/entries/new/patrol-note", { at: "/entries/new/patrol-note" });
  await page.load("entry_page");
  await page.until(() => page.button("Save").disabled === false);
  page.type(page.document.querySelector("[name=notes]"), notes);
  page.press("Save");
  await page.gone();
  page.leave();
  return page.went[0].slice(-36);
}
