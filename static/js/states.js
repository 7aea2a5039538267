/** The states of an entry in words, and the line above them that counts what is not sent. */
import { numbered, worded } from "./marked.js";
import { saysTime } from "./moments.js";

/** {label, tone} of a record as the feed shows it. */
export function stateOf({ id, state, received_at }, sending) {
  if (state === "waiting") return sending.has(id) ? { label: "Sending", tone: "plain" } : { label: "On this phone", tone: "warn" };
  if (state === "rejected") return { label: "Needs attention", tone: "bad" };
  if (state.endsWith("stored")) return { label: `Sent ${saysTime(received_at)}`, tone: "good" };
  return { label: "With the coordinator", tone: "warn" };
}

/** The number not sent, at the top of every page. Returns `show(unsent, failed)`. */
export function startUnsent(root) {
  const [link, said] = ["[data-unsent]", "[data-unsent-said]"].map((one) => root.querySelector(one));
  let before = { count: 0, refused: 0 };
  let warned = false;

  /** What a screen reader hears, only when something is settled: all gone, or not going just now. */
  const heard = ({ count, refused }, failed) => {
    if (before.count && !count) return worded(said, "sent");
    if (refused > before.refused) return worded(said, "refused");
    return failed && count && !warned ? numbered(said, count) : "";
  };
  return (unsent, failed) => {
    if (!link) return;
    const { count, refused } = unsent;
    const [number, words] = link.children;
    number.textContent = refused || count || "";
    words.textContent = refused ? numbered(link, refused) : worded(link, count ? "waits" : "none");
    const tone = refused ? "bad" : count ? "warn" : "good";
    link.className = `unsent unsent--${tone}`;
    link.hidden = false;
    const text = heard(unsent, failed);
    if (text) said.textContent = text;
    warned = Boolean(count && (warned || failed));
    before = unsent;
  };
}
