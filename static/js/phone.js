/** This phone as every page knows it: what it keeps, who is here, and that what waits is being sent. */
import { fetchBriefing, fetchPremises, keptBriefing } from "./briefing.js";
import { enrol, renew } from "./enrol.js";
import { refreshForms } from "./kept_forms.js";
import { watchLoss } from "./lost.js";
import { onSubmit } from "./marked.js";
import { confirm, isPhoto, isUnsent, opened, unsent } from "./outbox.js";
import { keepTrying } from "./pauses.js";
import { startUnsent } from "./states.js";
import { openStore } from "./store.js";
import { sendAll, sendable } from "./sync.js";
import { leave, setReady, whoIsHere } from "./who.js";

const BRIEFING_LASTS = 60_000;
const WAITS = 3;
let opening;

/** Whether this browser can keep records at all: over plain http there is neither cryptography nor a worker nor a lock. */
export function canKeep({ isSecureContext, indexedDB, crypto, navigator } = globalThis) {
  return Boolean(isSecureContext && indexedDB && crypto?.subtle && navigator?.serviceWorker && navigator.locks);
}

/** The phone, opened once a page; null where this browser keeps nothing. */
export function thisPhone() {
  opening ??= canKeep() ? open().catch(() => null) : Promise.resolve(null);
  return opening;
}

async function open(tries = 3) {
  try {
    const phone = new Phone(await openStore(), new BroadcastChannel("fieldlog"));
    await phone.look();
    return phone;
  } catch (error) {
    if (tries > 1) return open(tries - 1);
    throw error;
  }
}

class Phone {
  constructor(store, channel) {
    this.store = store;
    this.sending = new Set();
    this.listeners = [];
    this.waited = 0;
    this.channel = channel;
    this.trying = keepTrying(() => this.flight());
    this.channel.onmessage = ({ data }) => this.hear(data);
  }

  /** Call `listener` now and whenever something has changed, here or in another tab. */
  onChange(listener) {
    this.listeners.push(listener);
    listener(this);
  }

  /** Read again who is here, their briefing and what waits. */
  async look() {
    this.who = await whoIsHere(this.store, Date.now());
    this.briefing = await keptBriefing(this.store, this.who);
    this.unsent = await unsent(this.store);
    this.rows = this.who ? await opened(this.store, this.who) : [];
  }

  tell() {
    for (const listener of this.listeners) listener(this);
  }

  async changed(tell = true) {
    await this.look();
    this.tell();
    if (tell) this.channel.postMessage({ changed: true });
  }

  /** Confirm what somebody did: resolves once it is on this phone for good. */
  async keep(said, shown) {
    await confirm(this.store, this.who, { id: crypto.randomUUID(), ...said }, { shown, now: Date.now() });
    this.kept();
  }

  async kept() {
    await this.changed();
    this.send();
  }

  hear({ sending }) {
    if (sending) this.sending = new Set(sending);
    this.changed(false);
  }

  /** Try to send now; resolves when it has been tried. */
  send() {
    return this.trying.now();
  }

  async flight() {
    if (!this.unsent.count) return { done: true };
    const tell = (ids) => {
      this.channel.postMessage({ sending: ids });
      this.sending = new Set(ids);
      if (ids.length) this.tell();
    };
    const reply = await sendAll(this.store, { tell, steal: this.waited >= WAITS });
    // Another tab is at it and will say what has changed. One that says nothing is not waited for for ever.
    this.waited = reply ? 0 : this.waited + 1;
    if (!reply) return { done: false };
    this.failed = reply.kind !== "ours";
    // What the token delivers says nothing of the session.
    this.signedOut ||= reply.kind === "signed-out";
    await this.changed();
    if (!this.failed) await this.brief();
    if (this.who) await renew(this.store, this.who.officer.id);
    const left = sendable(await this.store.all("outbox"));
    return { done: !left.length, wait: reply.wait };
  }

  /** Fetch the briefing of whoever is signed in, enrol the phone for them, and let the pages open from here. */
  async brief() {
    const { kind, who } = await fetchBriefing(this.store);
    this.signedOut = kind === "signed-out";
    if (who) {
      const enrolled = await enrol(this.store, who.officer.id);
      await fetchPremises(this.store, who);
      const worker = await navigator.serviceWorker.getRegistration();
      const ready = enrolled && worker?.active && who.officer.role === "officer";
      await setReady(ready);
      document.documentElement.dataset.phoneReady = ready ? "yes" : "no";
    }
    await this.changed();
    if (who && this.briefing) await refreshForms(this.briefing.lists);
    await this.readAgain();
  }

  /** What the server had refused while nobody could read it is refused again, now for its officer to mend. */
  async readAgain() {
    const closed = this.rows.filter((row) => !row.kept && !isPhoto(row) && isUnsent(row));
    if (!closed.length) return;
    const { reopen } = await import("./reopen.js");
    if (await reopen(this.store, this.who, closed)) await this.kept();
  }

  /** Fetch the briefing if the one that is kept is not of just now. */
  async briefIfOld() {
    const fetched = this.briefing?.fetched ?? 0;
    const age = Date.now() - fetched;
    // What was sent and not told of yet: a page that is left in a hurry does not ask any more.
    const news = this.rows.some((row) => row.settled >= fetched);
    if (news || age > BRIEFING_LASTS || age < 0 || !(await caches.has("fieldlog-ready"))) await this.brief();
  }
}

/** Let nothing be read here any more that only this officer may; where that fails, the 72 hours do it. */
const forget = ({ store, who }) => who && leave(store, who.officer.id).catch(() => {});

/** What a signing-out form does first: what can be read here goes, what waits stays sealed. */
function startSigningOut(root, phone) {
  for (const form of root.querySelectorAll("form[action$='/sign-out']")) {
    onSubmit(form, async () => {
      // Nobody is asked for any more: the session lasts until the server hears of it, which it does in any case.
      phone.brief = () => {};
      await forget(phone);
      form.submit();
    });
  }
}

/** Start on any page. */
export async function startPhone(root) {
  const phone = await thisPhone();
  if (!phone) return;
  startSigningOut(root, phone);
  // Whoever has signed out, also before any script ran, is forgotten here and in the other windows.
  if (/[?&]left=/.test(location.search)) {
    await forget(phone);
    await phone.changed();
  }
  const show = startUnsent(root);
  const note = await watchLoss(phone.store);
  phone.onChange(() => {
    note(phone.unsent);
    if (phone.who || phone.unsent.count) show(phone.unsent, phone.failed);
  });
  addEventListener("online", () => phone.send());
  document.addEventListener("visibilitychange", () => document.hidden || phone.kept());
  addEventListener("pageshow", (event) => event.persisted && phone.changed(false));
  phone.send();
  const officers = document.body.matches(".officer:not(.officer--bare)");
  if (!officers) return;
  const { serviceWorker } = navigator;
  // Without a worker the pages are the server's, as before.
  await serviceWorker.register("/sw.js", { updateViaCache: "none" }).then(() => serviceWorker.ready).catch(() => {});
  await phone.briefIfOld();
  navigator.storage?.persist?.().catch(() => {});
}
