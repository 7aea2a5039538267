/** What stands for a page that needs a network: the way back to what works without. */
import { show } from "./marked.js";
import { entryOf } from "./own_entry.js";
import { thisPhone } from "./phone.js";
import { around } from "./shell.js";

thisPhone().then((phone) => {
  const here = Boolean(phone?.who);
  show({ "works-here": here, "signed-out": !here });
  if (!phone) return;
  phone.onChange(around);
  const [, id] = location.pathname.match(/^\/entries\/(.{36})$/) ?? [];
  if (entryOf(phone, id, Date.now())) location.replace(`/phone/entry/${id}`);
});
