/** Only the three themes there are. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { DARK_FOR, readTheme } from "../../static/js/theme_switch.js";

test("auto, light and dark are themes", () => {
  assert.deepEqual(["auto", "light", "dark"].map(readTheme), ["auto", "light", "dark"]);
});

test("anything else is none", () => {
  for (const value of ["", "Dark", undefined, "sepia"]) {
    assert.equal(readTheme(value), null);
  }
});

test("the dark sheet counts always, never, or as the device says", () => {
  assert.deepEqual(DARK_FOR, { auto: "screen and (prefers-color-scheme: dark)", light: "not all", dark: "screen" });
});
