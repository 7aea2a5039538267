/** A second tap on a form that is being sent does nothing; coming back to the page makes it usable again. */

/** A gate that opens once until it is released. */
export function onceGate() {
  let shut = false;
  return {
    enter: () => !shut && (shut = true),
    release: () => { shut = false; },
  };
}

function startForm(form) {
  const gate = onceGate();
  let sending = null;

  form.addEventListener("submit", (event) => {
    if (!gate.enter()) {
      event.preventDefault();
      return;
    }
    const button = event.submitter ?? form.querySelector("[data-sending]");
    if (button?.dataset.sending) {
      sending = { button, label: button.textContent };
      button.textContent = button.dataset.sending;
      // Not `disabled`: that would drop the button's own name and value from what is sent.
      button.setAttribute("aria-disabled", "true");
    }
  });
  return () => {
    gate.release();
    if (sending) {
      sending.button.textContent = sending.label;
      sending.button.removeAttribute("aria-disabled");
      sending = null;
    }
  };
}

export function startSubmitOnce(root) {
  const releases = [...root.querySelectorAll("form[data-submit-once]")].map(startForm);
  if (releases.length) {
    addEventListener("pageshow", (event) => {
      if (event.persisted) releases.forEach((release) => release());
    });
  }
}
