/** A number with − and + beside it: the text field stays the truth, the buttons only write into it. */

/** The whole number in a text, or null where there is none ("", "abc", "1.5"). */
export function readCount(text) {
  const trimmed = String(text).trim();
  return /^[+-]?\d{1,9}$/.test(trimmed) ? Number(trimmed) : null;
}

/** The next value: nothing counts as 0, a text that is no number is left for the person to mend (null). */
export function stepCount(text, step, low, high) {
  const now = String(text).trim() === "" ? 0 : readCount(text);
  return now === null ? null : Math.min(high, Math.max(low, now + step));
}

/** Whether a button would change anything. */
export function canStep(text, step, low, high) {
  const next = stepCount(text, step, low, high);
  return next !== null && next !== (readCount(text) ?? 0);
}

function startCounter(set) {
  const field = set.querySelector("input");
  const spoken = set.querySelector("output");
  const buttons = [...set.querySelectorAll("[data-step]")];
  const low = Number(set.dataset.low);
  const high = Number(set.dataset.high);

  const refresh = () => {
    for (const button of buttons) {
      // aria-disabled, not disabled: the button must keep the focus at the end of the range.
      button.setAttribute("aria-disabled", String(!canStep(field.value, Number(button.dataset.step), low, high)));
    }
  };
  for (const button of buttons) {
    button.hidden = false;
    button.addEventListener("click", () => {
      const next = stepCount(field.value, Number(button.dataset.step), low, high);
      if (next === null) {
        field.focus();
        return;
      }
      field.value = String(next);
      spoken.textContent = String(next);
      field.dispatchEvent(new Event("input", { bubbles: true }));
    });
  }
  field.addEventListener("input", refresh);
  refresh();
}

export function startCounters(root) {
  root.querySelectorAll("[data-counter]").forEach(startCounter);
}
