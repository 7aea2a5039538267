/** A form is sent once per visit to the page. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { newBrowser } from "./browser.js";

/** The sign-in form, under a thumb. */
async function signIn() {
  const page = (await newBrowser()).open("/sign-in");
  const { startSubmitOnce } = await page.load("submit_once");
  startSubmitOnce(page.document);
  const button = page.button("Sign in");
  const comesBack = (persisted) => page.window.dispatchEvent(Object.assign(new page.window.Event("pageshow"), { persisted }));
  return { page, button, comesBack };
}

test("a form is sent once, and its button says that it is being sent", async () => {
  const { page, button } = await signIn();
  button.click();
  button.click();
  assert.equal(page.sent.length, 1);
  assert.deepEqual([button.textContent, button.getAttribute("aria-disabled"), button.disabled], ["Signing in…", "true", false]);
});

test("whoever comes back to the page can send it again", async () => {
  const { page, button, comesBack } = await signIn();
  const words = button.textContent;
  button.click();
  comesBack(false);
  button.click();
  assert.equal(page.sent.length, 1);
  comesBack(true);
  assert.deepEqual([button.textContent, button.getAttribute("aria-disabled")], [words, "false"]);
  button.click();
  assert.equal(page.sent.length, 2);
});

test("a button without words for it keeps its own", async () => {
  const { page, button } = await signIn();
  button.removeAttribute("data-sending");
  button.click();
  button.click();
  assert.deepEqual([page.sent.length, button.textContent, button.getAttribute("aria-disabled")], [1, "Sign in", null]);
});
