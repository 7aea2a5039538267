/** A newer fieldlog: offered where nothing waits to be sent, taken when somebody asks for it. */
import { part, show } from "./marked.js";

/** Offer the version that waits. */
export async function startUpdate(phone, worker = navigator.serviceWorker) {
  const registration = await worker.getRegistration();
  if (!registration) return;
  const offer = () => show({ update: Boolean(registration.waiting && !phone.unsent.count) });
  const watch = () => registration.installing?.addEventListener("statechange", offer);
  part("update").querySelector("button").onclick = () => {
    worker.addEventListener("controllerchange", () => location.reload(), { once: true });
    registration.waiting?.postMessage("take over");
  };
  registration.addEventListener("updatefound", watch);
  watch();
  phone.onChange(offer);
}
