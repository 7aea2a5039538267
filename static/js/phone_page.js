/** The page about this phone: what waits here, Send now, the way out as a file, and its name. */
import { enrol } from "./enrol.js";
import { exportFile } from "./export_unsent.js";
import { drawFeed, lines } from "./feed.js";
import { isInstalled } from "./install_hint.js";
import { saysTime, saysWhen } from "./moments.js";
import { UNSENT, entriesIn } from "./outbox.js";
import { thisPhone } from "./phone.js";
import { around, part } from "./shell.js";
import { startUpdate } from "./update.js";

const one = (count, single, many) => (count === 1 ? single : many.replace("#", count));

/** What waits on this phone, in words. */
export function waitingWords({ count, photos, oldest, refused }, now) {
  if (!count) return "Everything on this phone is sent.";
  const since = oldest ? ` The oldest is from ${saysWhen(oldest, now)}.` : "";
  const among = photos ? ` ${one(photos, "1 photo is", "# photos are")} among what waits.` : "";
  const needs = refused ? ` ${one(refused, "One needs", "# need")} your attention: open it below.` : "";
  const late = oldest && now - Date.parse(oldest) > 24 * 60 * 60 * 1000 ? " It has waited for more than a day: find signal and press Send now, or export it below." : "";
  return `${one(count, "1 entry is", "# entries are")} on this phone and not sent yet.${among}${since}${needs}${late}`;
}

/** Why it does not go, in words; empty where it is only a matter of signal. */
export function obstacle({ unsent, signedOut, device, who }) {
  if (device?.revoked) return "This phone was revoked by a coordinator. What is on it is kept and goes to them to decide. Call the coordinator.";
  if (unsent.count && signedOut) return "The server asks for your sign-in before it takes the rest. Nothing is lost.";
  return unsent.count && !who ? "You are signed out. What waits is sealed and is sent all the same, as far as the server lets it." : "";
}

async function draw(root, phone) {
  const { who, unsent } = phone;
  part(root, "keeps").hidden = false;
  part(root, "waiting").textContent = waitingWords(unsent, Date.now());
  const others = entriesIn((await phone.store.all("outbox")).filter((row) => UNSENT.has(row.state) && row.officer_id !== who?.officer.id));
  const text = part(root, "of-others");
  text.hidden = !others || !who;
  text.textContent = one(others, "1 of them is another officer’s. It is sealed and sent under their name.", "# of them are another officer’s. They are sealed and sent under their name.");
  const about = new Set(phone.rows.filter((row) => UNSENT.has(row.state) || row.said).flatMap((row) => [row.id, row.entry_id]));
  drawFeed(root, lines(phone.rows, phone.briefing, phone.sending).filter((line) => about.has(line.id)));
  part(root, "feed-empty").hidden = true;
  part(root, "send").hidden = unsent.count === unsent.refused;
  const device = who ? await phone.store.get("devices", who.officer.id) : (await phone.store.all("devices")).find((one) => one.revoked);
  part(root, "naming").hidden = !who || !device;
  part(root, "name").textContent = device?.name ?? "";
  const problem = obstacle({ ...phone, device });
  if (problem) tell(root, problem);
}

function tell(root, text) {
  const box = part(root, "told");
  box.hidden = false;
  box.querySelector("[role=status]").textContent = text;
}

function save(file) {
  const address = URL.createObjectURL(file);
  const link = Object.assign(document.createElement("a"), { href: address, download: file.name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}

function startButtons(root, phone) {
  part(root, "send").addEventListener("click", async () => {
    tell(root, "Sending…");
    await phone.send();
    const last = await phone.store.get("settings", "sent");
    const left = phone.unsent.count;
    tell(root, left ? one(left, "1 is still here.", "# are still here.") + " There was no answer; it is tried again by itself." : `Everything is sent, ${saysTime(last ?? Date.now())}.`);
  });
  part(root, "export").addEventListener("click", async () => {
    const file = await exportFile(phone.store, Date.now());
    if (file) save(file);
    tell(root, file ? `Saved as ${file.name}. Give it to the coordinator.` : "Nothing waits on this phone, so there is nothing to export.");
  });
  const naming = part(root, "naming").querySelector("form");
  naming.addEventListener("submit", async (event) => {
    event.preventDefault();
    const name = naming.elements.name.value.trim();
    if (!name) return;
    await enrol(phone.store, phone.who.officer.id, { now: Date.now(), name });
    const device = await phone.store.get("devices", phone.who.officer.id);
    tell(root, device.name === name ? `This phone is called ${name}.` : "The name was not changed: the server did not answer. Try again with signal.");
    await phone.changed();
  });
}

async function start(root) {
  part(root, "installed").hidden = !isInstalled();
  const phone = await thisPhone();
  if (!phone) {
    part(root, "keeps-nothing").hidden = false;
    return;
  }
  phone.onChange(() => around(root, phone));
  phone.onChange(() => draw(root, phone));
  startButtons(root, phone);
  startUpdate(root, phone);
}

if (typeof document !== "undefined") start(document);
