/** Add fieldlog to the home screen: said once, found later on the page about this phone. */
import { part } from "./shell.js";

/** Whether fieldlog was opened from the home screen. */
export function isInstalled(scope = globalThis) {
  return Boolean(scope.navigator.standalone || scope.matchMedia("(display-mode: standalone)").matches);
}

export async function startInstallHint(root, phone) {
  const box = part(root, "install-hint");
  if (!box || isInstalled() || (await phone.store.get("settings", "hinted"))) return;
  box.hidden = false;
  box.querySelector("button").addEventListener("click", () => { box.hidden = true; });
  await phone.store.put("settings", Date.now(), "hinted");
}
