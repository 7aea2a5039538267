/** Filters fold on a narrow screen and open again when it becomes wide. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { foldWhile } from "../../static/js/narrow_fold.js";

function screen(narrow) {
  const listeners = [];
  return {
    matches: narrow,
    addEventListener: (_, listener) => listeners.push(listener),
    becomes(matches) {
      this.matches = matches;
      listeners.forEach((listener) => listener());
    },
  };
}

test("it folds on a narrow screen", () => {
  const fold = { open: true };
  foldWhile(screen(true), fold);
  assert.equal(fold.open, false);
});

test("it stays open on a wide screen", () => {
  const fold = { open: true };
  foldWhile(screen(false), fold);
  assert.equal(fold.open, true);
});

test("a phone that is turned gets its filters back", () => {
  const fold = { open: true };
  const phone = screen(true);
  foldWhile(phone, fold);
  phone.becomes(false);
  assert.equal(fold.open, true);
  phone.becomes(true);
  assert.equal(fold.open, false);
});
