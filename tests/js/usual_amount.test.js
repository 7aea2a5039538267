/** The usual amount of a law is offered, and never overwrites one that was typed. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { newBrowser } from "./browser.js";

/** The form of a notice with two laws that have a usual amount, and one that has none. */
async function notice(name = "/entries/new/notice") {
  const page = (await newBrowser()).open(name, { at: "/entries/new/notice" });
  await page.load("usual_amount");
  const laws = [...page.document.querySelectorAll("input[name=law]")];
  const usual = laws.filter((law) => law.dataset.usual);
  const other = laws.find((law) => !law.dataset.usual);
  const different = usual.find((law) => law.dataset.usual !== usual[0].dataset.usual);
  return { page, amount: page.field("Amount"), law: usual[0], different, other };
}

test("a law brings its usual amount, and another law its own", async () => {
  const { amount, law, different } = await notice();
  law.click();
  assert.equal(amount.value, law.dataset.usual);
  different.click();
  assert.equal(amount.value, different.dataset.usual);
  assert.notEqual(law.dataset.usual, different.dataset.usual);
});

test("an amount that was only offered goes with its law", async () => {
  const { amount, law, other } = await notice();
  law.click();
  other.click();
  assert.equal(amount.value, "");
});

test("a typed amount stays", async () => {
  const { page, amount, law, other } = await notice();
  law.click();
  page.type(amount, "65.50");
  other.click();
  assert.equal(amount.value, "65.50");
  page.type(amount, "  ");
  law.click();
  assert.equal(amount.value, law.dataset.usual);
});

test("what a form comes back with counts as typed, unless it is the usual amount", async () => {
  const page = (await newBrowser()).open("/entries/new/notice");
  const [law, ...others] = [...page.document.querySelectorAll("input[name=law][data-usual]")];
  const different = others.find((one) => one.dataset.usual !== law.dataset.usual);
  law.checked = true;
  page.field("Amount").value = law.dataset.usual;
  await page.load("usual_amount");
  different.click();
  assert.equal(page.field("Amount").value, different.dataset.usual);
});

test("the form that a phone keeps offers it as well", async () => {
  const browser = await newBrowser();
  const page = browser.open("/shell/entries/new/notice", { at: "/entries/new/notice" });
  await page.start();
  const law = page.document.querySelector("input[name=law][data-usual]");
  law.click();
  assert.equal(page.field("Amount").value, law.dataset.usual);
});
