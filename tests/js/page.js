/** A real page as somebody has it before them: what it reads, what can be pressed, where it goes, what it sends. */
import { File } from "node:buffer";
import { webcrypto } from "node:crypto";
import { createRequire } from "node:module";
import { modulesOf } from "./tab.js";

const require = createRequire(new URL("../setup/package.json", import.meta.url));
const { JSDOM, VirtualConsole } = require("jsdom");

export const ORIGIN = "https://fieldlog.example";
const PATIENCE = 20_000;
const OF_WINDOW = [
  "document", "AbortController", "CustomEvent", "Document", "DOMParser", "Element", "Event", "FormData", "Image", "KeyboardEvent", "MouseEvent",
  "MutationObserver", "Node", "NodeList", "Option", "RadioNodeList",
];
const WITHIN_A_LINE = new Set(["a", "b", "em", "i", "s", "small", "span", "strong"]);
const UNREAD = "template, script, style, [hidden]";

/** Whether an element is in sight, as far as the markup says. */
function inSight(element) {
  if (element.closest(UNREAD)) return false;
  for (let fold = element.closest("details"); fold; fold = fold.parentElement.closest("details")) {
    if (!fold.open && !fold.querySelector("summary")?.contains(element) && fold !== element) return false;
  }
  return true;
}

/** What can be read of an element, in one line. */
function words(element) {
  const text = (node) => {
    if (node.nodeType === 3) return node.data;
    if (node.nodeType !== 1 || !inSight(node)) return "";
    const within = [...node.childNodes].map(text).join("");
    return WITHIN_A_LINE.has(node.localName) ? within : ` ${within} `;
  };
  return text(element).replace(/\s+/g, " ").trim();
}

/** An address bar that notes where a page wants to go, and stays; `history` changes what stands in it. */
function addressBar(url, went) {
  const go = (address) => void went.push(String(address));
  const location = {
    get href() { return url.href; },
    set href(address) { go(address); },
    get search() { return url.search; },
    set search(query) { go(`${url.pathname}?${query}`.replace(/\?$/, "")); },
    assign: go, replace: go, reload: () => go(url.pathname + url.search),
    toString: () => url.href,
  };
  for (const part of ["origin", "pathname", "hash"]) Object.defineProperty(location, part, { get: () => url[part] });
  return { location, history: { replaceState: (_state, _title, address) => { url = new URL(address, ORIGIN); } } };
}

/** Note what leaves the page: forms that are sent, links that are followed. */
function watch(window, { sent, went }) {
  const send = (form, button) => {
    const fields = Object.fromEntries(new window.FormData(form, button));
    sent.push({ action: button?.getAttribute("formaction") ?? form.getAttribute("action"), fields });
  };
  window.addEventListener("submit", (event) => {
    const { target, submitter, defaultPrevented } = event;
    event.preventDefault();
    if (!defaultPrevented && target.getAttribute("method") !== "dialog") send(target, submitter);
  });
  window.HTMLFormElement.prototype.submit = function submit() { send(this); };
  window.addEventListener("click", (event) => {
    const link = event.target.closest("a[href]");
    if (link && !event.defaultPrevented) went.push(link.getAttribute("href"));
    if (link) event.preventDefault();
  });
}

function windowOf(browser, html, url) {
  const told = new VirtualConsole();
  // What breaks in a listener is told to the window alone: here it is the test that fails.
  told.on("jsdomError", (error) => {
    if (error.type !== "not implemented") setImmediate(() => { throw error.detail ?? error; });
  });
  const { window } = new JSDOM(html, { url: url.href, pretendToBeVisual: true, cookieJar: browser.cookies, virtualConsole: told });
  Object.defineProperty(window.HTMLElement.prototype, "offsetParent", {
    configurable: true, get() { return inSight(this) ? window.document.body : null; },
  });
  return window;
}

/** What a page asks of the browser while it is open; what it asks after it was left is never answered. */
function whileOpen(browser, isOpen) {
  const never = new Promise(() => {});
  const answer = (ask) => (isOpen() ? ask().finally(() => isOpen() || never) : never);
  return {
    fetch: (...request) => answer(() => browser.fetch(...request)),
    locks: { query: browser.locks.query, request: (...wanted) => answer(() => browser.locks.request(...wanted)) },
  };
}

/** Everything that a module finds around it, by its name. */
function scopeOf(browser, { window, timers, location, history, files, channels, isOpen }) {
  const { fetch, locks } = whileOpen(browser, isOpen);
  const elements = Object.getOwnPropertyNames(window).filter((name) => /^HTML\w*Element$/.test(name));
  const own = {
    window, location, history, fetch, caches: browser.caches, crypto: webcrypto, File,
    Date: browser.clock.Date, isSecureContext: true, indexedDB: browser.indexedDB, matchMedia: browser.media,
    innerHeight: 740, scrollY: 0, scrollBy: () => {}, CSS: { escape: (text) => text.replace(/[^\w-]/g, "\\$&") },
    URL: class extends URL {
      static createObjectURL(file) { return `blob:${files.push(file)}`; }

      static revokeObjectURL() {}
    },
    BroadcastChannel: class extends browser.Channel {
      constructor(name) { super(name); channels.push(this); }
    },
    navigator: {
      userAgent: "Mozilla/5.0 (Linux; Android 14)", serviceWorker: browser.worker, locks,
      storage: { persist: async () => true }, clipboard: browser.clipboard,
    },
    ...Object.fromEntries(["setTimeout", "clearTimeout", "setInterval", "clearInterval"].map((name) => [name, timers[name]])),
    ...Object.fromEntries(["addEventListener", "removeEventListener", "dispatchEvent"].map((name) => [name, window[name].bind(window)])),
    ...Object.fromEntries([...OF_WINDOW, ...elements].map((name) => [name, window[name]])),
  };
  return { ...own, globalThis: Object.create(globalThis, Object.getOwnPropertyDescriptors(own)) };
}

/** Open a page in a browser; `more` stands in the window too. */
export function openPage(browser, html, address, more = {}) {
  const url = new URL(address, ORIGIN);
  const window = windowOf(browser, html, url);
  const { document } = window;
  window.Element.prototype.getClientRects = function rects() { return this.isConnected && inSight(this) ? [{}] : []; };
  const timers = browser.clock.timers();
  const seen = { sent: [], went: [], files: [] };
  const channels = [];
  let open = true;
  watch(window, seen);
  const { location, history } = addressBar(url, seen.went);
  const load = modulesOf({ ...scopeOf(browser, { window, timers, location, history, files: seen.files, channels, isOpen: () => open }), ...more });
  const find = (selector, text) => {
    const found = [...document.querySelectorAll(selector)].find((one) => inSight(one) && words(one).startsWith(text));
    if (!found) throw new Error(`No ${selector} reads “${text}” in: ${words(document.body)}`);
    return found;
  };
  return {
    window, document, location, ...seen, load,
    part: (name) => document.querySelector(`[data-phone="${name}"]`),
    /** What can be read: of the whole page, or of one element. */
    reads: (element = document.querySelector("main")) => words(element),
    button: (text) => find("button", text),
    link: (text) => find("a", text),
    fold: (text) => find("summary", text).parentElement,
    /** The field under a label. */
    field: (text) => find("label", text).control,
    press: (text) => find("button", text).click(),
    /** Type into a field as a person does: the cursor is in it, whether or not anything listens yet. */
    type(field, text) {
      field.focus();
      field.value = text;
      field.dispatchEvent(new window.Event("input", { bubbles: true }));
    },
    /** Run the page's own scripts, in their order. */
    async start() {
      for (const { src } of document.querySelectorAll("script[src]")) await load(src.match(/(\w+)\.js$/)[1]);
    },
    /** Wait until something holds, or is there at all; resolves with it. */
    async until(check) {
      let why = "it never did";
      for (const end = performance.now() + PATIENCE; performance.now() < end; await new Promise((done) => { setTimeout(done, 1); })) {
        try {
          const held = await check();
          if (held) return held;
        } catch (error) {
          why = error;
        }
      }
      throw new Error(`Waited in vain for ${check}. The page reads: ${words(document.body)}`, { cause: why });
    },
    /** Wait until the page wants to be elsewhere. */
    async gone() {
      await this.until(async () => {
        await browser.clock.passes(0);
        return seen.went.length;
      });
    },
    /** Hide the page behind another tab, or show it again. */
    hide(hidden) {
      Object.defineProperty(document, "hidden", { configurable: true, value: hidden });
      document.dispatchEvent(new window.Event("visibilitychange"));
    },
    leave() {
      open = false;
      window.dispatchEvent(new window.Event("pagehide"));
      timers.forget();
      for (const channel of channels) channel.close();
    },
  };
}
