/** The page about this phone: what waits here, Send now, the way out as a file, and its name. */
import { enrol } from "./enrol.js";
import { exportFile } from "./export_unsent.js";
import { drawFeed } from "./feed.js";
import { numbered, onSubmit, part, show, worded } from "./marked.js";
import { saysTime, saysWhen } from "./moments.js";
import { entriesIn, isUnsent } from "./outbox.js";
import { thisPhone } from "./phone.js";
import { around } from "./shell.js";
import { startUpdate } from "./update.js";

const DAY = 24 * 60 * 60 * 1000;

/** Why it does not go: what the page has words for; empty where it is only a matter of signal. */
export function obstacle({ unsent, signedOut, device, who }) {
  if (device?.revoked) return "revoked";
  if (!unsent.count) return "";
  return signedOut ? "signIn" : who ? "" : "signedOut";
}

const tell = (what, value) => show({ told: worded(part("told"), what, value) });

async function draw(phone) {
  const { store, who, unsent, rows } = phone;
  const of = who?.officer.id;
  const others = entriesIn((await store.all("outbox")).filter((row) => isUnsent(row) && row.officer_id !== of));
  const device = who ? await store.get("devices", of) : (await store.all("devices")).find((kept) => kept.revoked);
  const { count, photos, refused, oldest } = unsent;
  const now = Date.now();
  const ready = (await caches.has("fieldlog-ready")) ? "yes" : who?.officer.role;
  const numbers = { waiting: count, photos, refused, "of-others": who ? others : 0 };
  for (const [name, number] of Object.entries(numbers)) show({ [name]: numbered(part(name), number) });
  show({
    keeps: true, oldest: oldest && worded(part("oldest"), "from", saysWhen(oldest, now)), "too-long": now - Date.parse(oldest) > DAY,
    send: count > refused, naming: Boolean(who && device), name: device?.name, ready: worded(part("ready"), ready),
  });
  const about = new Set(rows.filter((row) => isUnsent(row) || row.said).flatMap((row) => [row.id, row.entry_id]));
  drawFeed(phone, (line) => about.has(line.id));
  const problem = obstacle({ ...phone, device });
  if (problem) tell(problem);
}

function save(file) {
  Object.assign(document.createElement("a"), { href: URL.createObjectURL(file), download: file.name }).click();
}

function startButtons(phone) {
  const { store } = phone;
  part("send").onclick = async () => {
    tell("sending");
    await phone.send();
    const { count } = phone.unsent;
    if (count) show({ told: numbered(part("told"), count) });
    else tell("sent", saysTime((await store.get("settings", "sent")) ?? Date.now()));
  };
  part("export").onclick = async () => {
    const file = await exportFile(store, Date.now());
    if (file) save(file);
    tell(file ? "saved" : "nothing", file?.name);
  };
  const naming = part("naming").querySelector("form");
  onSubmit(naming, async () => {
    const name = naming.elements.name.value.trim();
    if (!name) return;
    const { id } = phone.who.officer;
    await enrol(store, id, name);
    tell((await store.get("devices", id)).name === name ? "named" : "unnamed", name);
    await phone.changed();
  });
}

async function start() {
  const phone = await thisPhone();
  show({ "keeps-nothing": !phone });
  if (!phone) return;
  phone.onChange(around);
  phone.onChange(draw);
  startButtons(phone);
  startUpdate(phone);
}

start();
