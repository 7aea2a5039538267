/** What a form asks at the premises that are chosen: their open tasks, and the checklists of their type. */
import { copyOf } from "./marked.js";

/** Keep in sight what fits, and what is ticked or answered already. */
export function startFitting(root) {
  const fold = root.querySelector("[data-deals-with]");
  if (!fold) return;
  const form = fold.closest("form");
  const show = () => {
    const { value, dataset: { type } } = form.elements.premises_id;
    const said = (part) => part.querySelector(":checked") || part.contains(document.activeElement);
    let some = false;
    for (const task of fold.querySelectorAll("[data-premises]")) {
      const fits = (value && task.dataset.premises === value) || said(task);
      task.hidden = !fits;
      some ||= fits;
    }
    if (some && fold.hidden) fold.open = true;
    fold.hidden = !some;
    for (const list of form.querySelectorAll("[data-types]")) {
      const { types } = list.dataset;
      list.hidden = type && types && !types.split(" ").includes(type) && !said(list);
    }
  };
  for (const heard of ["input", "change"]) {
    // On the way down too: a form that is filled by a script tells each field alone.
    for (const way of [true, false]) form.addEventListener(heard, show, way);
  }
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
    if (String(task.id) === wanted) {
      input.defaultChecked = true;
      form.elements.place.defaultValue = task.where;
      form.elements.premises_id.value = item.dataset.premises;
    }
    return item;
  }));
  form.elements.tasks_offered.value = tasks.map(({ id }) => id).join(" ");
  startFitting(document);
}
