/** A form asks what fits the premises that are chosen: their open tasks, and the checklists of their type. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { briefing, newBrowser } from "./browser.js";

const FOLD = "This deals with a task";

/** A kept form of a visit with the tasks of the briefing in it. */
async function visit({ tasks = briefing().tasks, task } = {}) {
  const page = (await newBrowser()).open("/shell/entries/new/premises-visit", { at: "/entries/new/premises-visit" });
  const { offerTasks } = await page.load("fitting");
  const form = page.part("entry");
  offerTasks(form, tasks, task);
  const choose = (id, type = "") => {
    form.elements.premises_id.value = id;
    form.elements.premises_id.dataset.type = type;
    form.elements.premises_id.dispatchEvent(new page.window.Event("change", { bubbles: true }));
  };
  return { page, form, choose };
}

test("before premises are chosen no task is in the way", async () => {
  const { page } = await visit();
  assert.doesNotMatch(page.reads(), /task/);
});

test("the tasks of the chosen premises come into sight, and no others", async () => {
  const { page, choose } = await visit();
  choose("1");
  assert.match(page.reads(page.fold(FOLD)), /The Brass Anchor Loud music at closing time/);
  assert.doesNotMatch(page.reads(), /Clockwork/);
  choose("2");
  assert.equal(page.reads(page.fold(FOLD)), "This deals with a task This deals with The Clockwork Anchor Check that the fire exit is clear");
});

test("what is ticked stays when other premises are chosen", async () => {
  const { page, choose } = await visit();
  choose("1");
  page.field("The Brass Anchor").click();
  choose("3");
  assert.match(page.reads(page.fold(FOLD)), /Brass Anchor.*Copper Anchor/);
  page.field("The Brass Anchor").click();
  choose("");
  assert.doesNotMatch(page.reads(), /Anchor/);
});

test("whatever changes the premises is noticed: a form that is filled, another name that is typed", async () => {
  const { page, form } = await visit();
  (await page.load("drafts")).fill(form, { premises_id: "1" });
  assert.match(page.reads(), /The Brass Anchor Loud music/);
  form.elements.place.addEventListener("input", () => { form.elements.premises_id.value = ""; });
  page.type(form.elements.place, "The Lamp");
  assert.doesNotMatch(page.reads(), /Anchor/);
});

test("a fold that somebody has shut stays shut while there are tasks", async () => {
  const { page, choose } = await visit();
  choose("1");
  page.fold(FOLD).open = false;
  choose("2");
  assert.equal(page.fold(FOLD).open, false);
});

test("the task that the address names is ticked, with its place and premises", async () => {
  const { page, form } = await visit({ task: "1" });
  assert.equal(page.field("The Brass Anchor").checked, true);
  assert.deepEqual([form.elements.place.value, form.elements.premises_id.value], ["The Brass Anchor", "1"]);
});

test("a task without premises is named by the address alone", async () => {
  const { page, form } = await visit({ task: "3" });
  assert.equal(page.field("Lantern Row car park").checked, true);
  assert.deepEqual([form.elements.place.value, form.elements.premises_id.value], ["Lantern Row car park", ""]);
});

test("the form says which tasks it offered, and what was done about the ticked ones", async () => {
  const { page, form } = await visit({ task: "1" });
  const fields = Object.fromEntries(new page.window.FormData(form));
  assert.deepEqual([fields.tasks_offered, fields.task_1, fields.task_2], ["1 2 3 4", "yes", undefined]);
});

test("without tasks the form asks about none", async () => {
  const { page, choose } = await visit({ tasks: [] });
  choose("1");
  assert.doesNotMatch(page.reads(), /task/);
});

test("the checklists are those of the type of premises, and any that is answered", async () => {
  const { page, form, choose } = await visit();
  const lists = () => [...form.querySelectorAll("[data-types]")].filter((one) => !one.hidden).map((one) => one.dataset.types);
  const all = lists();
  const [some] = all.filter(Boolean);
  assert.ok(all.length > 1 && some, "the demonstration has checklists of a type");
  choose("1", "takeaway");
  assert.deepEqual(lists(), all.filter((types) => !types));
  choose("1", some.split(" ")[0]);
  assert.ok(lists().includes(some));
  form.querySelector(`[data-types="${some}"] [value=no]`).click();
  choose("1", "takeaway");
  assert.ok(lists().includes(some));
  assert.equal(page.sent.length, 0);
});

test("premises that are chosen when the form opens have their tasks in sight", async () => {
  const page = (await newBrowser()).open("/entries/new/premises-visit");
  page.document.querySelector("[name=premises_id]").value = "2";
  const { startFitting } = await page.load("fitting");
  startFitting(page.document);
  assert.match(page.reads(), /The Clockwork Anchor Check that the fire exit is clear/);
});

test("on the server's own form the tasks fit as well", async () => {
  const page = (await newBrowser()).open("/entries/new/premises-visit");
  const { startFitting } = await page.load("fitting");
  startFitting(page.document);
  assert.doesNotMatch(page.reads(), /deals with/);
  const id = page.document.querySelector("[name=premises_id]");
  id.value = "2";
  id.dispatchEvent(new page.window.Event("change", { bubbles: true }));
  assert.match(page.reads(), /The Clockwork Anchor Check that the fire exit is clear/);
});
