/** Add fieldlog to the home screen: said once, found later on the page about this phone. */
import { part, show } from "./marked.js";

/** Whether fieldlog was opened from the home screen. */
export function isInstalled(scope = globalThis) {
  return Boolean(scope.navigator.standalone || scope.matchMedia("(display-mode: standalone)").matches);
}

export async function startInstallHint({ store }) {
  if (isInstalled() || (await store.get("settings", "hinted"))) return;
  const hint = "install-hint";
  part(hint).querySelector("button").onclick = () => show({ [hint]: false });
  show({ [hint]: true });
  await store.put("settings", Date.now(), "hinted");
}
