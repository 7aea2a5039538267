/** Add fieldlog to the home screen: said once, found later on the page about this phone. */
import { part } from "./marked.js";

export async function startInstallHint({ store }) {
  if (await store.get("settings", "hinted")) return;
  const hint = part("install-hint");
  hint.hidden = false;
  hint.querySelector("button").onclick = () => { hint.hidden = true; };
  await store.put("settings", Date.now(), "hinted");
}
