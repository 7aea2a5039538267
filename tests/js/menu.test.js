/** The menu of a bar closes behind the person who has left it. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { closeBehind } from "../../static/js/menu.js";

function listening() {
  const heard = new Map();
  return {
    addEventListener: (what, listener) => heard.set(what, listener),
    happens: (what, event) => heard.get(what)(event),
  };
}

function menuWith(inside) {
  const page = listening();
  const summary = { focused: false, focus() { this.focused = true; } };
  const menu = { ...listening(), ownerDocument: page, open: true, contains: (what) => what === inside, querySelector: () => summary };
  closeBehind(menu);
  return { menu, page, summary };
}

test("a tap elsewhere closes it", () => {
  const { menu, page } = menuWith("link");
  page.happens("click", { target: "link" });
  assert.equal(menu.open, true);
  page.happens("click", { target: "page" });
  assert.equal(menu.open, false);
});

test("it closes when focus moves past it", () => {
  const { menu, page } = menuWith("link");
  page.happens("focusin", { target: "next" });
  assert.equal(menu.open, false);
});

test("escape closes it and gives the focus back", () => {
  const { menu, summary } = menuWith("link");
  menu.happens("keydown", { key: "a" });
  assert.equal(menu.open, true);
  menu.happens("keydown", { key: "Escape" });
  assert.deepEqual([menu.open, summary.focused], [false, true]);
});

test("escape in a closed menu is left to the page", () => {
  const { menu, summary } = menuWith("link");
  menu.open = false;
  menu.happens("keydown", { key: "Escape" });
  assert.equal(summary.focused, false);
});
