/** A newer fieldlog: offered where nothing waits to be sent, taken when somebody asks for it. */
import { part } from "./shell.js";

/** Offer the version that waits. */
export async function startUpdate(root, phone, worker = navigator.serviceWorker) {
  const box = part(root, "update");
  const registration = await worker.getRegistration();
  if (!box || !registration) return;
  const show = () => {
    box.hidden = !(registration.waiting && phone.unsent.count === 0);
  };
  box.querySelector("button").addEventListener("click", () => {
    worker.addEventListener("controllerchange", () => location.reload(), { once: true });
    registration.waiting?.postMessage("take over");
  });
  const watch = () => registration.installing?.addEventListener("statechange", show);
  registration.addEventListener("updatefound", watch);
  watch();
  phone.onChange(show);
}
