/** The states of an entry in words, and the line above them that counts what is not sent. */
import { saysTime } from "./moments.js";

/** {label, tone} of a record as the feed shows it. */
export function stateOf(row, sending) {
  if (row.state === "waiting") {
    return sending.has(row.id) ? { label: "Sending", tone: "plain" } : { label: "On this phone", tone: "warn" };
  }
  if (row.state === "rejected") return { label: "Needs attention", tone: "bad" };
  if (row.state === "conflict" || row.state === "set-aside") return { label: "With the coordinator", tone: "warn" };
  return { label: `Sent ${saysTime(row.received_at)}`, tone: "good" };
}

/** What the header says: {number, words, tone}. */
export function headline({ count, refused }) {
  if (refused) return { number: String(refused), words: refused === 1 ? "needs you" : "need you", tone: "bad" };
  if (count) return { number: String(count), words: "on phone", tone: "warn" };
  return { number: "", words: "All sent", tone: "good" };
}

const entries = (count) => (count === 1 ? "1 entry is" : `${count} entries are`);

/** What a screen reader hears, only when something is settled: all gone, or not going just now. */
export function heard(before, after, failed) {
  if (before?.count && !after.count) return "Everything is sent.";
  if (after.refused > (before?.refused ?? 0)) return "An entry needs your attention.";
  return failed && after.count ? `${entries(after.count)} on this phone, and will be sent when there is a connection.` : "";
}

const TONES = ["good", "warn", "bad"];

/** The number not sent, at the top of every page. Returns `show(unsent, failed)`. */
export function startUnsent(root) {
  const link = root.querySelector("[data-unsent]");
  const said = root.querySelector("[data-unsent-said]");
  let before = null;
  let warned = false;
  return (unsent, failed = false) => {
    if (!link) return;
    const { number, words, tone } = headline(unsent);
    link.querySelector("[data-unsent-number]").textContent = number;
    link.querySelector("[data-unsent-words]").textContent = words;
    for (const one of TONES) link.classList.toggle(`unsent--${one}`, one === tone);
    link.hidden = false;
    const text = heard(before, unsent, failed && !warned);
    if (text) said.textContent = text;
    warned ||= failed && unsent.count > 0;
    if (!unsent.count) warned = false;
    before = unsent;
  };
}
