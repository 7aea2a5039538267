/** A newer fieldlog: offered where nothing waits to be sent, taken when somebody asks for it. */
import { part } from "./marked.js";

/** Offer the version that waits. */
export async function startUpdate(phone) {
  const worker = navigator.serviceWorker;
  const registration = await worker.getRegistration();
  if (!registration) return;
  const box = part("update");
  const offer = () => { box.hidden = !registration.waiting || phone.unsent.count; };
  const watch = () => { if (registration.installing) registration.installing.onstatechange = offer; };
  box.querySelector("button").onclick = () => {
    worker.oncontrollerchange = () => location.reload();
    registration.waiting?.postMessage("take over");
  };
  registration.onupdatefound = watch;
  watch();
  phone.onChange(offer);
}
