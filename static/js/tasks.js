/** The tasks of whoever is out, as this phone knows them. */
import { copyOf, part } from "./shell.js";

/** The officer's tasks in the order of the server; `dealt` where this phone holds what was done about one. */
export function myTasks({ briefing, rows }, now = Date.now()) {
  const back = new Set(rows.filter(({ type }) => type === "undo" || type === "strike").map((row) => row.entry_id));
  const stand = rows.filter((row) => row.state !== "rejected" && !back.has(row.id));
  const done = new Set(stand.flatMap((row) => Object.keys(row.kept?.record.fields ?? {})));
  const passed = (moment) => Date.parse(moment ?? 0) <= now;
  return (briefing?.tasks ?? []).filter((task) => task.mine).map((task) => {
    const dealt = done.has(`task_${task.id}`);
    const state = dealt ? { label: "Logged", tone: "good" } : task.states.filter((one) => passed(one.from)).at(-1);
    return { ...task, dealt, state: state ?? {}, due: Boolean(task.due_from && !dealt) && passed(task.due_from) };
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
  line.firstElementChild.textContent = forYou(myTasks(phone));
  line.hidden = !line.textContent;
}

/** Draw the list of tasks. */
export function drawTasks(root, phone) {
  const tasks = myTasks(phone);
  const list = part(root, "tasks");
  list.replaceChildren(...tasks.map((task) => {
    const item = copyOf(root, "task");
    const [where, state] = item.firstElementChild.children;
    const [, asked, about, log] = item.children;
    where.textContent = task.where;
    state.textContent = task.state.label;
    state.className = `state state--${task.state.tone}`;
    state.hidden = !task.state.label;
    asked.textContent = task.asked;
    about.textContent = task.about;
    log.href = task.log;
    log.lastElementChild.append(task.where);
    return item;
  }));
  list.hidden = !tasks.length;
  part(root, "tasks-empty").hidden = tasks.length > 0;
}
