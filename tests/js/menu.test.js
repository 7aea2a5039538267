/** The menu of a bar closes behind the person who has left it. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { newBrowser } from "./browser.js";

async function openMenu() {
  const page = (await newBrowser()).open("/tallies");
  await page.load("menu");
  const menu = page.document.querySelector("[data-menu]");
  menu.open = true;
  const key = (name) => menu.querySelector("a").dispatchEvent(new page.window.KeyboardEvent("keydown", { key: name, bubbles: true }));
  return { page, menu, key };
}

test("a tap elsewhere closes it, one inside does not", async () => {
  const { page, menu } = await openMenu();
  menu.querySelector("a").click();
  assert.equal(menu.open, true);
  page.document.querySelector("h1").click();
  assert.equal(menu.open, false);
});

test("it closes when the focus moves past it", async () => {
  const { page, menu } = await openMenu();
  menu.querySelector("a").focus();
  assert.equal(menu.open, true);
  page.document.querySelector("main a").focus();
  assert.equal(menu.open, false);
});

test("escape closes it and gives the focus back, other keys do not", async () => {
  const { page, menu, key } = await openMenu();
  menu.querySelector("a").focus();
  key("a");
  assert.equal(menu.open, true);
  key("Escape");
  assert.deepEqual([menu.open, page.document.activeElement], [false, menu.querySelector("summary")]);
});

test("escape in a closed menu is left to the page", async () => {
  const { page, menu, key } = await openMenu();
  menu.open = false;
  key("Escape");
  assert.equal(page.document.activeElement, page.document.body);
});
