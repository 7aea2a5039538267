/** What every kept page is filled with: who is here, which operation, how old the briefing is. */
import { ask } from "./connection.js";
import { part, show } from "./marked.js";
import { saysAge, saysDay } from "./moments.js";
import { canKeep, thisPhone } from "./phone.js";
import { setReady } from "./who.js";

/** The deployment that entries go to now: {chosen, ask, tonight}; one alone is the one that is meant. */
export function dutyOf(briefing, choice) {
  const tonight = (briefing?.deployments ?? []).filter((one) => one.tonight);
  const key = tonight.map((one) => one.id).sort().join(" ");
  const none = choice?.none === key;
  const chosen = tonight.find((one) => one.id === choice?.id) ?? (none || tonight.length > 1 ? null : tonight[0]);
  return { tonight, chosen, ask: !chosen && tonight.length > 1 && !none, key };
}

/** Which operation was chosen on this phone. */
export async function duty(phone) {
  const kept = await phone.store.get("settings", "duty");
  return dutyOf(phone.briefing, kept?.officer === phone.who?.officer.id ? kept : null);
}

export async function chooseDuty(phone, id) {
  const { key } = await duty(phone);
  const officer = phone.who.officer.id;
  await phone.store.put("settings", { officer, id: Number(id), none: id === "none" && key }, "duty");
}

/** Fill what stands around a kept page. */
export async function around(phone) {
  const { officer } = phone.who ?? {};
  const { chosen } = await duty(phone);
  const { fetched, night } = phone.briefing ?? {};
  const day = chosen?.night_of ?? night;
  show({
    duty: chosen?.label,
    who: officer && [officer.name, chosen ? "" : officer.detail].filter(Boolean).join(" · "),
    night: day && `Night of ${saysDay(day)}.`,
    age: fetched && `Briefing and lists from ${saysAge(Date.now() - fetched)}.`,
    out: Boolean(phone.signedOut),
  });
}

/** Open a kept page: `draw(phone)` is called with what is kept, and again whenever it changes. */
export async function openShell(draw = () => {}) {
  const phone = await thisPhone();
  if (!phone && canKeep() && (await ask("/health")).kind !== "ours") {
    // What is kept did not open, and the server cannot help out: nothing is given up.
    show({ closed: true });
    return null;
  }
  if (!phone?.who) {
    // Nobody is signed in here, or the browser has thrown away what was kept: the server's own page says what to do.
    await setReady(false);
    location.reload();
    return null;
  }
  const { id } = phone.who.officer;
  phone.onChange(() => {
    // Signed out in another window, or revoked: nothing stays in sight but a form, which is still its officer's to save.
    if (phone.who ? phone.who.officer.id !== id : !part("entry")) location.reload();
    else around(phone);
  });
  phone.onChange(draw);
  return phone;
}
