/** The number not sent, at the top of every page. */
import { headline, heard } from "./states.js";

const TONES = ["good", "warn", "bad"];

/** Returns `show(unsent, failed)`. */
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
