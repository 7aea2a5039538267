/** Every page starts what it asks for, and nothing that it does not. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { newBrowser } from "./browser.js";

async function open(name, at = name) {
  const browser = await newBrowser();
  const page = browser.open(name, { at });
  await page.load("main");
  return { browser, page };
}

test("the style sheet of the kit learns that modules run", async () => {
  const { page } = await open("/sign-in");
  assert.ok(page.document.body.matches(".js-enabled.govuk-frontend-supported"));
});

test("every page has the theme under its button and sends a form once", async () => {
  const { page } = await open("/sign-in");
  page.press("Dark");
  assert.equal(page.document.documentElement.dataset.theme, "dark");
  page.press("Sign in");
  page.press("Signing in");
  assert.equal(page.sent.length, 1);
});

test("a form has its counters, and counts the characters that are left", async () => {
  const { page } = await open("/entries/new/premises-visit");
  await page.until(() => page.button("+"));
  page.press("+");
  assert.equal(page.field("People spoken to").value, "1");
  await page.until(() => /You have 4,000 characters remaining/.test(page.document.body.textContent));
});

test("what was wrong with a form is read first", async () => {
  const { page } = await open("/sign-in/refused", "/sign-in");
  const summary = page.document.querySelector(".govuk-error-summary");
  await page.until(() => page.document.activeElement === summary);
});

test("the server’s form searches the server’s register, and asks what fits the premises", async () => {
  const { browser, page } = await open("/entries/new/premises-visit");
  browser.answers["/premises/search"] = () => ({ json: { premises: [{ id: 1, name: "The Brass Anchor", detail: "1 Quay Street" }] } });
  await page.until(() => !/This deals with a task/.test(page.reads()));
  page.type(page.field("Premises"), "anch");
  await page.until(() => browser.clock.left() !== null);
  await browser.clock.passes(1_000);
  await page.until(() => /1 premises found/.test(page.reads()));
  page.press("The Brass Anchor");
  assert.match(page.reads(), /This deals with a task .*The Brass Anchor Loud music/);
});

test("a kept form leaves both to its own module, which has the register of the phone", async () => {
  const { browser, page } = await open("/shell/entries/new/premises-visit", "/entries/new/premises-visit");
  await page.until(() => page.button("+"));
  page.type(page.field("Premises"), "anch");
  await browser.clock.passes(1_000);
  assert.deepEqual(browser.asked.filter(({ path }) => path.startsWith("/premises/search")), []);
});

test("every page says what waits on its phone", async () => {
  const { page } = await open("/tonight");
  await page.until(() => /All sent/.test(page.reads(page.document.querySelector("header"))));
});
