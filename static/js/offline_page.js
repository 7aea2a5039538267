/** What stands for a page that needs a network: the way back to what works without. */
import { entryOf } from "./own_entry.js";
import { thisPhone } from "./phone.js";
import { around, part } from "./shell.js";

async function start(root) {
  const phone = await thisPhone();
  part(root, "works-here").hidden = !phone?.who;
  part(root, "signed-out").hidden = Boolean(phone?.who);
  if (!phone) return;
  phone.onChange(() => around(root, phone));
  const [, id] = location.pathname.match(/^\/entries\/([0-9a-f-]{36})$/) ?? [];
  if (id && entryOf(phone, id, Date.now())) location.replace(`/phone/entry/${id}`);
}

start(document);
