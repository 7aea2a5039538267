/** The server's words about a form, beside the fields they are about and in a summary above. */
import { copyOf, part, worded } from "./marked.js";

function fieldOf(form, name) {
  const found = form.elements[name];
  return found instanceof RadioNodeList ? found[0] : found;
}

function beside(field, message) {
  const group = field.closest(".govuk-form-group");
  const set = field.type === "radio" ? group?.querySelector(".choices__set") : field.closest(".counter__set") ?? field;
  if (!group || !set) return;
  const text = copyOf("problem", { message });
  text.id = `${field.id}-error`;
  group.classList.add("govuk-form-group--error");
  set.before(text);
  field.setAttribute("aria-describedby", [field.getAttribute("aria-describedby"), text.id].filter(Boolean).join(" "));
  for (let fold = field.closest("details"); fold; fold = fold.parentElement.closest("details")) fold.open = true;
}

/** Show problems [{field, message}] under the title for a case; what belongs to no field stands in the summary alone. */
export function showProblems(form, title, problems) {
  const summary = part("problems");
  const items = problems.map(({ field: name, message }) => {
    const field = fieldOf(form, name);
    const inForm = field && field.type !== "hidden";
    const item = copyOf("complaint", { message, href: inForm && `#${field.id}` });
    if (inForm) {
      beside(field, message);
      item.firstElementChild.onclick = (event) => {
        event.preventDefault();
        field.focus();
      };
    } else item.textContent = message;
    return item;
  });
  summary.querySelector("h2").textContent = worded(summary, title);
  summary.querySelector("ul").replaceChildren(...items);
  summary.hidden = false;
  summary.focus();
}
