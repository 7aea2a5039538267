/** Half-filled forms: kept while somebody types, offered back when the page has gone. */
import { box, unbox } from "./seal.js";

const PAUSE = 300;
const KEPT_FOR = 14 * 24 * 60 * 60 * 1000;

/** The names and texts of a form, as the server reads them. */
export function fieldsOf(form) {
  return Object.fromEntries([...new FormData(form)].filter(([name, value]) => typeof value === "string" && name !== "id"));
}

/** Put texts back into a form; what it no longer asks is left out, and what they do not tick is not ticked. */
export function fill(form, fields) {
  for (const control of form.elements) {
    const text = fields[control.name];
    // What a form says it asks is its own, and no text that somebody typed.
    if ((text === undefined && control.type !== "checkbox") || /^(id|tasks_offered|questions_asked)$/.test(control.name)) continue;
    const ticked = /radio|checkbox/.test(control.type);
    if (ticked) control.checked = control.value === text;
    else control.value = text;
    const wanted = ticked ? control.checked : control.value !== "" && control.type !== "hidden";
    const fold = wanted && control.closest("details");
    if (fold && !/^(official|own)$/.test(control.value)) fold.open = true;
    control.dispatchEvent(new Event("input", { bubbles: true }));
  }
}

/** Whether somebody has said anything in a form: what it opens with does not count. */
export function saysAnything(fields, before) {
  return Object.entries(fields).some(([name, text]) => text.trim() !== (before[name] ?? "").trim());
}

/** What a form says when nobody has touched it, also where somebody typed before any script ran. */
export function untouched(form) {
  const copy = form.cloneNode(true);
  copy.reset();
  return fieldsOf(copy);
}

/**
 * Keep what is typed beyond `before`; `title` is what it is offered back under, `href` opens it. A page that is loaded
 * again carries on with it. Returns `stop()`.
 */
export function keepDraft(form, { store, who, id, title, href, before }) {
  let timer;
  let over = false;
  const keep = async () => {
    clearTimeout(timer);
    const fields = fieldsOf(form);
    if (over || !(form.dataset.photos || saysAnything(fields, before))) return;
    const boxed = await box(who.key, { fields, title, place: fields.place ?? "" });
    if (over) return;
    await store.put("drafts", { id, href, officer_id: who.officer.id, at: Date.now(), boxed }, id);
    history.replaceState(null, "", href);
    document.documentElement.dataset.draftKept = id;
  };
  // A browser that keeps nothing says so when the form is saved.
  const flush = () => keep().catch(() => {});
  const soon = () => {
    clearTimeout(timer);
    timer = setTimeout(flush, PAUSE);
  };
  form.addEventListener("input", soon);
  form.addEventListener("change", soon);
  document.addEventListener("visibilitychange", () => document.hidden && flush());
  soon();
  return () => {
    over = true;
    clearTimeout(timer);
  };
}

/** Whether this page alone has the form of that id open; it holds on to it until it is closed. */
export function hold(id, locks = navigator.locks) {
  return new Promise((answer) => {
    locks.request(`fieldlog-form-${id}`, { ifAvailable: true }, (lock) => {
      answer(Boolean(lock));
      return lock ? new Promise((done) => addEventListener("pagehide", done, { once: true })) : null;
    }).catch(() => answer(true));
  });
}

/** Drop a half-filled form and its photos. */
export async function discard(store, id) {
  await store.remove("drafts", id);
  await store.remove("photos", id);
}

/** The half-filled forms of `who` that no page has open, the latest first; those long past are dropped. */
export async function offered(store, who, now, locks = navigator.locks) {
  const { held } = await locks.query();
  const found = [];
  for (const draft of await store.all("drafts")) {
    const mine = draft.officer_id === who.officer.id && !held.some((lock) => lock.name === `fieldlog-form-${draft.id}`);
    const said = mine && (await unbox(who.key, draft.boxed));
    if (now - draft.at > KEPT_FOR) await discard(store, draft.id);
    else if (said) found.push({ ...draft, ...said });
  }
  return found.sort((one, other) => other.at - one.at);
}
