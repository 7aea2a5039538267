/** What a form asks at the premises that are chosen: their open tasks, and the checklists of their type. */
import { copyOf } from "./shell.js";

/** Keep in sight what fits, and what is ticked or answered already. */
export function startFitting(root) {
  const tasks = root.querySelector("[data-deals-with]");
  if (!tasks) return;
  const form = tasks.closest("form");
  const show = () => {
    const { value, dataset } = form.elements.premises_id;
    const items = [...tasks.querySelectorAll("[data-premises]")];
    for (const item of items) {
      const fits = (value && item.dataset.premises === value) || item.querySelector(":checked") || item.contains(document.activeElement);
      item.hidden = !fits;
    }
    const some = items.some((item) => !item.hidden);
    if (some && tasks.hidden) tasks.open = true;
    tasks.hidden = !some;
    for (const list of form.querySelectorAll("[data-types]")) {
      const types = list.dataset.types.split(" ");
      list.hidden = Boolean(types[0] && dataset.type) && !types.includes(dataset.type) && !list.querySelector(":checked");
    }
  };
  for (const heard of ["input", "change"]) {
    // On the way down too: a form that is filled by a script tells each field alone.
    form.addEventListener(heard, show, true);
    form.addEventListener(heard, show);
  }
  tasks.hidden = true;
  show();
}

/** Let a kept form deal with the tasks of the briefing; the one that the address names is ticked. */
export function offerTasks(root, form, tasks = [], wanted) {
  const list = root.querySelector("[data-deals-with] .govuk-checkboxes");
  list.replaceChildren(...tasks.map((task) => {
    const item = copyOf(root, "tick");
    const [input, label] = item.children;
    item.dataset.premises = task.premises ?? "";
    input.id = input.name = label.htmlFor = `task_${task.id}`;
    label.firstElementChild.textContent = task.where;
    label.lastElementChild.textContent = task.asked;
    if (String(task.id) === wanted) {
      input.defaultChecked = true;
      form.elements.place.defaultValue = task.where;
      form.elements.premises_id.value = item.dataset.premises;
    }
    return item;
  }));
  form.elements.tasks_offered.value = tasks.map(({ id }) => id).join(" ");
  startFitting(root);
}
