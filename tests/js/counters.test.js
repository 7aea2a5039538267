/** Counters step and clamp, and never throw away what a person typed. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { newBrowser } from "./browser.js";

/** The counter of people spoken to on the form of a visit. */
async function counter() {
  const page = (await newBrowser()).open("/shell/entries/new/premises-visit");
  const field = page.field("People spoken to");
  const set = field.closest("[data-counter]");
  assert.equal(set.querySelectorAll("button:not([hidden])").length, 0, "without the module there is nothing to press");
  await page.load("counters");
  const [less, more] = set.querySelectorAll("button");
  return { page, field, less, more, heard: () => set.querySelector("output").textContent, off: () => [less, more].map((one) => one.getAttribute("aria-disabled")) };
}

test("− and + write into the field, and a screen reader hears the number", async () => {
  const { page, field, heard } = await counter();
  page.press("+");
  page.press("+");
  page.press("−");
  assert.deepEqual([field.value, heard()], ["1", "1"]);
});

test("what a button has written counts as typed", async () => {
  const { page, more } = await counter();
  const heard = [];
  page.part("entry").addEventListener("input", ({ target }) => heard.push(target.value));
  more.click();
  assert.deepEqual(heard, ["1"]);
});

test("a button that would change nothing says so and keeps the focus", async () => {
  const { page, field, less, more, off } = await counter();
  assert.deepEqual(off(), ["true", "false"]);
  page.type(field, "1");
  assert.deepEqual(off(), ["false", "false"]);
  less.focus();
  less.click();
  assert.deepEqual([field.value, off(), page.document.activeElement], ["0", ["true", "false"], less]);
  page.type(field, "100000");
  assert.deepEqual(off(), ["false", "true"]);
  more.click();
  assert.equal(field.value, "100000");
});

test("what is no whole number is left for the person to mend, with the focus", async () => {
  const { page, field, more, off } = await counter();
  for (const typed of ["4a", "1.5", "1O", "--2", "∞"]) {
    page.type(field, typed);
    more.focus();
    more.click();
    assert.deepEqual([field.value, off(), page.document.activeElement], [typed, ["true", "true"], field]);
  }
});

test("nothing counts as nought, and spaces do not matter", async () => {
  const { page, field, more } = await counter();
  for (const [typed, next] of [["", "1"], ["  ", "1"], [" 12 ", "13"]]) {
    page.type(field, typed);
    more.click();
    assert.equal(field.value, next);
  }
});
