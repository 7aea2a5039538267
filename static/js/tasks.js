/** The tasks of whoever is out, as this phone knows them. */
import { filled, part } from "./shell.js";

/** The officer's tasks in the order of the server; `dealt` where this phone holds what was done about one. */
export function myTasks({ briefing, rows }, now = Date.now()) {
  const back = rows.map((row) => (row.type === "undo" || row.type === "strike") && row.entry_id);
  const stand = rows.filter((row) => row.state !== "rejected" && !back.includes(row.id));
  const done = stand.flatMap((row) => Object.keys(row.kept?.record.fields ?? {}));
  const passed = (moment) => Date.parse(moment) <= now;
  return (briefing?.tasks ?? []).filter((task) => task.mine).map((task) => {
    const dealt = done.includes(`task_${task.id}`);
    const state = dealt ? { label: "Logged", tone: "good" } : task.states.filter(({ from }) => !from || passed(from)).at(-1);
    return { ...task, dealt, state: state ?? {}, due: !dealt && passed(task.due_from) };
  });
}

/** `For you: 2 tasks, 1 due now`; empty where nothing is left to do. */
export function forYou(tasks) {
  const left = tasks.filter((task) => !task.dealt).length;
  const due = tasks.filter((task) => task.due).length;
  return left ? `For you: ${left} task${left === 1 ? "" : "s"}${due ? `, ${due} due now` : ""}` : "";
}

/** Say on Tonight how much there is to do. */
export function showForYou(root, phone) {
  const line = part(root, "for-you");
  line.firstChild.textContent = forYou(myTasks(phone));
  line.hidden = !line.textContent;
}

/** Draw the list of tasks. */
export function drawTasks(root, phone) {
  const list = part(root, "tasks");
  const tasks = myTasks(phone);
  list.replaceChildren(...tasks.map((task) => {
    const item = filled(root, "task", { ...task, label: task.state.label });
    const state = item.querySelector(".state");
    state.classList.add(`state--${task.state.tone}`);
    state.hidden = !state.textContent;
    item.querySelector("a").href = task.log;
    return item;
  }));
  list.hidden = !tasks.length;
  part(root, "tasks-empty").hidden = !list.hidden;
}
