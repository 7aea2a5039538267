/** The server's words about a form stand beside the fields they are about, and in a summary above. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { newBrowser } from "./browser.js";

const VISIT = "/shell/entries/new/premises-visit";

async function told(title, ...problems) {
  const page = (await newBrowser()).open(VISIT);
  const { showProblems } = await page.load("form_problems");
  const form = page.part("entry");
  showProblems(form, title, problems);
  return { page, form, summary: page.part("problems"), beside: (field) => page.reads(field.closest(".govuk-form-group")) };
}
const about = (field, message) => ({ field, message });

test("the words stand beside the field and in the summary, which has the focus", async () => {
  const { page, form, summary, beside } = await told("refused", about("place", "Say where it was."));
  assert.equal(page.reads(summary), "fieldlog could not take this yet Say where it was.");
  assert.equal(page.document.activeElement, summary);
  assert.match(beside(form.elements.place), /Error: Say where it was\./);
  assert.ok(form.elements.place.closest(".govuk-form-group--error"));
});

test("a link in the summary leads to the field", async () => {
  const { page, form } = await told("refused", about("place", "Say where it was."), about("minutes", "At most 1,440."));
  page.link("Say where it was.").click();
  assert.equal(page.document.activeElement, form.elements.place);
  page.link("At most 1,440.").click();
  assert.equal(page.document.activeElement, form.elements.minutes[0]);
  assert.deepEqual(page.went, []);
});

test("the words about buttons stand above the buttons, those about a counter above all of it", async () => {
  const { form } = await told("refused", about("minutes", "At most 1,440."), about("count_warned", "A whole number, like 3."));
  assert.match(form.elements.minutes[0].closest(".choices__set").previousElementSibling.textContent, /At most 1,440/);
  assert.match(form.elements.count_warned.closest(".counter__set").previousElementSibling.textContent, /like 3/);
});

test("a screen reader hears the words with the field, after its hint", async () => {
  const { page, form } = await told("refused", about("notes", "At most 10,000 characters."), about("place", "Say where it was."));
  const heard = (field) => field.getAttribute("aria-describedby").trim().split(" ").map((id) => page.document.getElementById(id).textContent.trim());
  assert.deepEqual(heard(form.elements.place).at(-1), "Error: Say where it was.");
  assert.deepEqual(heard(form.elements.notes).at(-1), "Error: At most 10,000 characters.");
});

test("a fold opens where something in it is wrong, and stays shut where nothing is", async () => {
  const { page, form } = await told("refused", about("notes", "At most 10,000 characters."));
  assert.equal(form.elements.notes.closest("details").open, true);
  assert.match(page.reads(), /Error: At most 10,000 characters\./);
  assert.equal(form.elements.happened_time.closest("details").open, false);
});

test("what belongs to no field in sight stands in the summary alone", async () => {
  const { page, summary } = await told("unsaved", about(undefined, "This phone has no room left."), about("premises_id", "These premises are gone."), about("record", "Too long."));
  assert.equal(page.reads(summary), "Not saved This phone has no room left. These premises are gone. Too long.");
  assert.equal(summary.querySelectorAll("a").length, 0);
  assert.equal(page.document.querySelectorAll("form .govuk-error-message").length, 0);
});
