/** The live page of a night: renewed in place while somebody looks at it. Only that page loads this. */
import { ask } from "./connection.js";
import { Watch, filled } from "./live.js";
import { saysTime } from "./moments.js";
import { renew } from "./renewal.js";

const PATIENCE = 10_000;

const root = document.querySelector("[data-live]");
const find = (name) => document.querySelector(`[data-live-${name}]`);
const settings = JSON.parse(root.dataset.live);
let state = "";

/** What has the focus, or is topmost in the window: of the column that is pointed at, where there are two. */
function held() {
  if (root.contains(document.activeElement)) return document.activeElement;
  if (!scrollY) return null;
  const column = root.querySelector("section:hover") ?? root;
  const seen = [...column.querySelectorAll("[data-key]")].map((element) => ({ element, at: element.getBoundingClientRect() }));
  const inside = seen.filter(({ at }) => at.bottom > 0 && at.top < innerHeight);
  inside.sort((one, other) => Math.abs(one.at.top) - Math.abs(other.at.top));
  return inside[0]?.element ?? null;
}

/** Where the focus goes when what had it is gone: to the heading of its section. */
function headingOf(element) {
  return element.closest("section")?.querySelector("h2") ?? null;
}

function show({ html }) {
  const parts = document.createElement("template");
  parts.innerHTML = html;
  const fresh = root.cloneNode(false);
  fresh.append(parts.content);
  const anchor = held();
  const before = anchor?.getBoundingClientRect().top;
  const focused = root.contains(document.activeElement) ? document.activeElement : null;
  const heading = focused && headingOf(focused);
  renew(root, fresh);
  if (anchor?.isConnected) {
    scrollBy({ top: anchor.getBoundingClientRect().top - before, behavior: "instant" });
  }
  if (focused && !focused.isConnected && heading?.isConnected) {
    heading.tabIndex = -1;
    heading.focus({ preventScroll: true });
  }
}

function say(now, contact) {
  const words = filled(settings.words[now], { time: saysTime(contact) });
  const back = state && state !== "live" && now === "live";
  find("words").textContent = words;
  find("words").parentElement.dataset.state = now;
  find("reload").hidden = now === "live" || now === "signed-out";
  find("sign-in").hidden = now !== "signed-out";
  if (state) tell(back ? settings.words.back : words);
  state = now;
  document.documentElement.dataset.liveState = now;
}

function tell(words) {
  find("said").textContent = words;
}

const watch = new Watch({
  ...settings, show, say, tell,
  ask: (version) => ask(settings.ask, { patience: PATIENCE, etag: version }),
});
watch.start();
document.addEventListener("visibilitychange", () => watch.hide(document.hidden));
addEventListener("online", () => watch.once());
