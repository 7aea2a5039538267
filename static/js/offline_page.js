/** What stands for a page that needs a network: the way back to what works without. */
import { thisPhone } from "./phone.js";
import { around, part } from "./shell.js";

async function start(root) {
  const phone = await thisPhone();
  part(root, "works-here").hidden = !phone?.who;
  part(root, "signed-out").hidden = Boolean(phone?.who);
  if (!phone) return;
  phone.onChange(() => around(root, phone));
  const [, id] = location.pathname.match(/^\/entries\/([0-9a-f-]{36})$/) ?? [];
  const entry = phone.briefing?.entries.find((one) => one.id === id);
  const link = part(root, "amend");
  if (!entry?.fields) return;
  link.hidden = false;
  link.querySelector("a").href = `/phone/amend/${entry.kind_code}/${id}`;
  link.querySelector("span").textContent = [entry.time, entry.place || entry.kind].join(" ");
}

start(document);
