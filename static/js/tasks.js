/** The tasks of whoever is out, as this phone knows them. */
import { copies, show } from "./marked.js";

/** The officer's tasks in the order of the server; `dealt` where this phone holds what was done about one. */
export function myTasks({ briefing, rows }, now = Date.now()) {
  const back = rows.map((row) => /undo|strike/.test(row.type) && row.entry_id);
  const stand = rows.filter((row) => row.state !== "rejected" && !back.includes(row.id));
  const passed = (moment) => Date.parse(moment) <= now;
  return (briefing?.tasks ?? []).filter((task) => task.mine).map((task) => {
    const dealt = stand.some((row) => row.kept?.record.fields?.[`task_${task.id}`]);
    const state = dealt ? { label: "Logged", tone: "good" } : task.states.filter(({ from }) => !from || passed(from)).at(-1);
    return { ...task, dealt, state, due: !dealt && passed(task.due_from) };
  });
}

/** `2 tasks, 1 due now`; empty where nothing is left to do. */
export function forYou(tasks) {
  const left = tasks.filter((task) => !task.dealt).length;
  const due = tasks.filter((task) => task.due).length;
  const now = due ? `, ${due} due now` : "";
  return left ? `${left} task${left > 1 ? "s" : ""}${now}` : "";
}

/** Draw the list of tasks. */
export function drawTasks(phone) {
  const tasks = copies("task", myTasks(phone).map((task) => ({ tone: "plain", ...task, ...task.state })));
  show({ tasks, "tasks-empty": !tasks.length });
}
