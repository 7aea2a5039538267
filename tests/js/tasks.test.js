/** The officer's tasks on this phone: which are left, which are due, which are logged already. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { forYou, myTasks } from "../../static/js/tasks.js";
import { newBrowser } from "./browser.js";

const NOW = Date.parse("2020-12-05T21:40:00Z");
const task = (id, more = {}) => ({
  id, mine: true, premises: 7, where: "The Lamp", asked: "Loud music", about: "For you", log: "/entries/new/premises-visit",
  states: [{ from: null, label: "Urgent", tone: "warn" }, { from: "2020-12-05T21:30:00Z", label: "Urgent, due now", tone: "warn" }, { from: "2020-12-05T22:30:00Z", label: "Urgent, overdue", tone: "bad" }],
  due_from: "2020-12-05T21:30:00Z", ...more,
});
const row = (more) => ({ id: "p1", type: "entry", entry_id: null, state: "waiting", kept: { record: { fields: { task_1: "yes" } } }, ...more });
const phone = (tasks, rows = []) => ({ briefing: { tasks }, rows });

test("it counts those in the officer's list and those that are due by now", () => {
  const tasks = [task(1), task(2, { due_from: "2020-12-06T06:00:00Z" }), task(3, { due_from: null }), task(4, { mine: false })];
  assert.equal(forYou(myTasks(phone(tasks), NOW)), "3 tasks, 1 due now");
  assert.equal(forYou(myTasks(phone([task(3, { due_from: null })]), NOW)), "1 task");
  assert.equal(forYou(myTasks(phone([]), NOW)), "");
});

test("its state is the last that the server said of it for this moment", () => {
  const label = (moment) => myTasks(phone([task(1)]), Date.parse(moment))[0].state.label;
  assert.equal(label("2020-12-05T21:00:00Z"), "Urgent");
  assert.equal(label("2020-12-05T21:30:00Z"), "Urgent, due now");
  assert.equal(label("2020-12-06T01:00:00Z"), "Urgent, overdue");
  assert.equal(myTasks(phone([task(1, { states: [] })]), NOW)[0].state, undefined);
});

test("what was logged on this phone is not left to do, whether it is sent or not", () => {
  for (const state of ["waiting", "stored"]) {
    const [one] = myTasks(phone([task(1)], [row({ state })]), NOW);
    assert.deepEqual([one.dealt, one.due, one.state.label], [true, false, "Logged"]);
    assert.equal(forYou([one]), "");
  }
});

test("an entry that was taken back, refused or cannot be read deals with nothing", () => {
  const undo = { id: "u1", type: "undo", entry_id: "p1", state: "waiting", kept: { record: { fields: {} } } };
  for (const rows of [[row(), undo], [row({ state: "rejected" })], [row({ kept: null })]]) {
    assert.equal(forYou(myTasks(phone([task(1)], rows), NOW)), "1 task, 1 due now");
  }
});

test("a briefing of before there were tasks has none", () => {
  assert.deepEqual(myTasks({ briefing: { entries: [] }, rows: [] }, NOW), []);
  assert.deepEqual(myTasks({ briefing: null, rows: [] }, NOW), []);
});

test("the list shows each with its state, and says so where there is none", async () => {
  const page = (await newBrowser()).open("/shell/tasks");
  const { drawTasks } = await page.load("tasks");
  drawTasks(phone([task(1, { states: [] }), task(2, { where: "The Mitre" })], [row({ kept: { record: { fields: { task_2: "yes" } } } })]));
  const [first, second] = page.part("tasks").children;
  assert.match(page.reads(first), /^The Lamp Loud music For you/);
  assert.match(page.reads(second), /^The Mitre Logged Loud music For you/);
  assert.doesNotMatch(page.reads(), /No open tasks/);
  drawTasks(phone([]));
  assert.match(page.reads(), /No open tasks for you\./);
});
