/** What every kept page is filled with: who is here, which operation, how old the briefing is. */
import { KIND, ask } from "./connection.js";
import { saysAge, saysDay } from "./moments.js";
import { canKeep, thisPhone } from "./phone.js";
import { setReady } from "./who.js";

const CLOSED = "What this phone keeps did not open. It is still here: close fieldlog and open it again.";

/** The part of a page that is marked data-phone="name". */
export function part(root, name) {
  return root.querySelector(`[data-phone="${name}"]`);
}

/** A copy of what <template data-row="name"> holds. */
export function copyOf(root, name) {
  return root.querySelector(`template[data-row=${name}]`).content.firstElementChild.cloneNode(true);
}

/** A copy of <template data-row="name"> with `values` where it is marked data-fill="key". */
export function filled(root, name, values) {
  const copy = copyOf(root, name);
  for (const slot of copy.querySelectorAll("[data-fill]")) slot.textContent = values[slot.dataset.fill] ?? "";
  return copy;
}

/** Fill a list with headings and their texts. */
export function drawPairs(root, list, pairs) {
  list.replaceChildren(...pairs.map(([key, text]) => {
    const row = copyOf(root, "pair");
    row.firstElementChild.textContent = key;
    row.lastElementChild.textContent = text || "Not recorded";
    return row;
  }));
}

/** The deployment that entries go to now: {chosen, ask, tonight}; one alone is the one that is meant. */
export function dutyOf(briefing, choice) {
  const tonight = (briefing?.deployments ?? []).filter((one) => one.tonight);
  const key = (list) => list.map((one) => one.id).sort().join(" ");
  const none = choice?.none === key(tonight);
  const chosen = tonight.find((one) => one.id === choice?.id) ?? (tonight.length === 1 && !none ? tonight[0] : null);
  return { tonight, chosen, ask: !chosen && tonight.length > 1 && !none, key: key(tonight) };
}

/** Which operation was chosen on this phone. */
export async function duty(phone) {
  const kept = await phone.store.get("settings", "duty");
  return dutyOf(phone.briefing, kept?.officer === phone.who?.officer.id ? kept : null);
}

export async function chooseDuty(phone, id) {
  const { key } = await duty(phone);
  const officer = phone.who.officer.id;
  await phone.store.put("settings", id === "none" ? { officer, none: key } : { officer, id: Number(id) }, "duty");
}

function text(root, name, words) {
  const found = part(root, name);
  if (found) found.textContent = words;
}

/** Fill what stands around a kept page. */
export async function around(root, phone) {
  const { officer } = phone.who ?? {};
  const { chosen } = await duty(phone);
  text(root, "duty", chosen?.label ?? "");
  text(root, "who", officer ? [officer.name, chosen ? "" : officer.detail].filter(Boolean).join(" · ") : "");
  const night = chosen?.night_of ?? phone.briefing?.night;
  text(root, "night", night ? `Night of ${saysDay(night)}.` : "");
  const fetched = phone.briefing?.fetched;
  text(root, "age", fetched ? `Briefing and lists from ${saysAge(Date.now() - fetched)}.` : "");
}

/** Open a kept page: `draw(phone)` is called with what is kept, and again whenever it changes. */
export async function openShell(root, draw) {
  const phone = await thisPhone();
  if (!phone && canKeep() && (await ask("/health")).kind !== KIND.OURS) {
    // What is kept did not open, and the server cannot help out: nothing is given up.
    const words = Object.assign(document.createElement("p"), { className: "notice notice--error", textContent: CLOSED });
    root.querySelector("main").prepend(words);
    return null;
  }
  if (!phone?.who) {
    // Nobody is signed in here, or the browser has thrown away what was kept: the server's own page says what to do.
    await setReady(false);
    location.reload();
    return null;
  }
  phone.onChange(() => {
    // Signed out in another window, or revoked: nothing stays in sight but a form somebody is filling in.
    if (!phone.who && !part(root, "entry")) location.reload();
    else around(root, phone);
  });
  if (draw) phone.onChange(draw);
  return phone;
}
