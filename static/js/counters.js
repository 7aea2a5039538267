/** A number with − and + beside it: the text field stays the truth, the buttons only write into it. */

function startCounter(set) {
  const field = set.querySelector("input");
  const { low, high } = set.dataset;
  const buttons = set.querySelectorAll("button");
  const now = () => Number(field.value);
  // Nothing counts as 0; what is no whole number is left for the person to mend.
  const next = ({ dataset: { step } }) => (Number.isInteger(now()) ? Math.min(high, Math.max(low, now() + Number(step))) : NaN);
  const refresh = () => {
    for (const button of buttons) {
      // aria-disabled, not disabled: the button must keep the focus at the end of the range.
      button.setAttribute("aria-disabled", [NaN, now()].includes(next(button)));
    }
  };
  for (const button of buttons) {
    button.hidden = false;
    button.onclick = () => {
      const value = next(button);
      if (Number.isNaN(value)) field.focus();
      else {
        field.value = set.querySelector("output").textContent = value;
        field.dispatchEvent(new Event("input", { bubbles: true }));
      }
    };
  }
  field.addEventListener("input", refresh);
  refresh();
}

document.querySelectorAll("[data-counter]").forEach(startCounter);
