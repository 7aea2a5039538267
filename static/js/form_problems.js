/** The server's words about a form, beside the fields they are about and in a summary above. */

function fieldOf(form, name) {
  const found = form.elements[name];
  if (!found) return null;
  return found instanceof RadioNodeList ? found[0] : found;
}

function beside(form, field, message) {
  const group = field.closest(".govuk-form-group");
  const set = field.type === "radio" ? group?.querySelector(".choices__set") : field.closest(".counter__set") ?? field;
  if (!group || !set) return;
  const text = document.createElement("p");
  text.className = "govuk-error-message";
  text.id = `${field.id}-error`;
  text.append(Object.assign(document.createElement("span"), { className: "govuk-visually-hidden", textContent: "Error: " }), message);
  group.classList.add("govuk-form-group--error");
  set.before(text);
  field.setAttribute("aria-describedby", [field.getAttribute("aria-describedby"), text.id].filter(Boolean).join(" "));
  for (const fold of ancestors(field)) fold.open = true;
}

function ancestors(field) {
  const found = [];
  for (let fold = field.closest("details"); fold; fold = fold.parentElement.closest("details")) found.push(fold);
  return found;
}

/** Show problems [{field, message}] under `title`; what belongs to no field stands in the summary alone. */
export function showProblems(summary, form, title, problems) {
  const items = problems.map(({ field: name, message }) => {
    const field = fieldOf(form, name);
    const item = document.createElement("li");
    if (field && field.type !== "hidden") {
      beside(form, field, message);
      const link = Object.assign(document.createElement("a"), { href: `#${field.id}`, textContent: message });
      link.addEventListener("click", (event) => {
        event.preventDefault();
        field.focus();
      });
      item.append(link);
    } else item.textContent = message;
    return item;
  });
  summary.querySelector("h2").textContent = title;
  summary.querySelector("ul").replaceChildren(...items);
  summary.hidden = false;
  summary.focus();
}
