/** The server's words about a form, beside the fields they are about and in a summary above. */
import { copyOf, part, show, worded } from "./marked.js";

function beside(field, message) {
  const text = copyOf("problem", { message });
  text.id = `${field.id}-error`;
  field.closest(".govuk-form-group")?.classList.add("govuk-form-group--error");
  (field.closest(".choices__set, .counter__set") ?? field).before(text);
  field.setAttribute("aria-describedby", `${field.getAttribute("aria-describedby") ?? ""} ${text.id}`);
  field.closest("details")?.setAttribute("open", "");
}

/** Show problems [{field, message}] under the title for a case; what belongs to no field stands in the summary alone. */
export function showProblems(form, title, problems) {
  const summary = part("problems");
  const items = problems.map(({ field: name, message }) => {
    const field = form.querySelector(`[name="${name}"]:not([type=hidden])`);
    const item = copyOf(field ? "complaint" : "general", { message, href: `#${field?.id}` });
    if (field) {
      beside(field, message);
      item.onclick = (event) => {
        event.preventDefault();
        field.focus();
      };
    }
    return item;
  });
  show({ "problems-title": worded(summary, title), complaints: items, problems: true });
  summary.focus();
}
