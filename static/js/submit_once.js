/** A second tap on a form that is being sent does nothing; coming back to the page makes it usable again. */

function startForm(form) {
  let sent = false;
  form.addEventListener("submit", (event) => {
    if (sent) {
      event.preventDefault();
      return;
    }
    sent = true;
    const button = event.submitter;
    const label = button?.textContent;
    const say = (words, off) => {
      if (!button?.dataset.sending) return;
      button.textContent = words;
      // Not `disabled`: that would drop the button's own name and value from what is sent.
      button.setAttribute("aria-disabled", off);
    };
    say(button?.dataset.sending, true);
    addEventListener("pageshow", ({ persisted }) => {
      if (!persisted) return;
      sent = false;
      say(label, false);
    });
  });
}

export function startSubmitOnce(root) {
  root.querySelectorAll("form[data-submit-once]").forEach(startForm);
}
