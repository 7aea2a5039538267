/** What a form asks at the premises that are chosen: their open tasks, and the checklists of their type. */
import { copyOf } from "./marked.js";

/** Keep in sight what fits, and what is ticked or answered already. */
export function startFitting(root) {
  const fold = root.querySelector("[data-deals-with]");
  const form = fold.closest("form");
  const show = () => {
    const { value, dataset: { type } } = form.elements.premises_id;
    const ofType = type ? `[data-types=""], [data-types~="${type}"]` : "[data-types]";
    for (const part of form.querySelectorAll("[data-premises], [data-types]")) {
      part.hidden = !part.matches(`[data-premises="${value || "none"}"], ${ofType}, :focus-within`) && !part.querySelector(":checked");
    }
    const none = !fold.querySelector("[data-premises]:not([hidden])");
    fold.open ||= fold.hidden;
    fold.hidden = none;
  };
  form.addEventListener("change", show);
  form.addEventListener("input", show);
  fold.hidden = true;
  show();
}

/** Let a kept form deal with the tasks of the briefing; the one that the address names is ticked. */
export function offerTasks(form, tasks = [], wanted) {
  form.querySelector("[data-deals-with] .govuk-checkboxes").append(...tasks.map((task) => {
    const item = copyOf("tick", task);
    const [input, label] = item.children;
    item.dataset.premises = task.premises ?? "";
    input.id = input.name = label.htmlFor = `task_${task.id}`;
    if (task.id === Number(wanted)) {
      input.defaultChecked = true;
      form.elements.place.defaultValue = task.where;
      form.elements.premises_id.value = item.dataset.premises;
    }
    return item;
  }));
  form.elements.tasks_offered.value = tasks.map(({ id }) => id).join(" ");
  startFitting(document);
}
