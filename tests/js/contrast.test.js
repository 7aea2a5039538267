/** Every colour pair in use reaches WCAG 2.2 AA, in both schemes. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

function coloursIn(name) {
  const sheet = readFileSync(new URL(`../../static/css/${name}`, import.meta.url), "utf8");
  const block = sheet.slice(sheet.indexOf(":root"), sheet.indexOf("}"));
  return Object.fromEntries([...block.matchAll(/--([a-z-]+): (#[0-9a-f]{6});/g)].map(([, name, colour]) => [name, colour]));
}

function luminance(colour) {
  const [red, green, blue] = [1, 3, 5].map((at) => {
    const part = parseInt(colour.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(one, other) {
  const [high, low] = [luminance(one), luminance(other)].sort((a, b) => b - a);
  return (high + 0.05) / (low + 0.05);
}

const schemes = {
  light: coloursIn("tokens.css"),
  dark: coloursIn("dark.css"),
};

const TEXT = [
  ["ink", "paper"], ["ink", "panel"], ["ink", "panel-strong"],
  ["ink-soft", "paper"], ["ink-soft", "panel"], ["ink-soft", "panel-strong"],
  ["ink-zero", "paper"], ["ink-zero", "panel"],
  ["accent", "paper"], ["accent", "panel"], ["accent", "panel-strong"], ["accent-strong", "paper"], ["accent-strong", "panel-strong"],
  ["on-action", "action"], ["on-action", "action-hover"], ["on-danger", "danger"], ["on-danger", "danger-hover"],
  ["visited", "paper"], ["on-focus", "focus"], ["on-marking", "marking"],
  ["error", "paper"], ["error-strong", "paper"], ["error-strong", "error-panel"],
  ["good", "paper"], ["good", "panel"], ["good", "good-panel"], ["warn", "paper"], ["warn", "panel"], ["warn", "warn-panel"],
];
// A control must be told from what it stands on. On white the focus ring leans on its dark inner edge.
const EDGES = [["line-strong", "paper"], ["line-strong", "panel"], ["action", "paper"], ["accent", "paper"], ["error", "paper"]];
const FOCUS_EDGE = { light: ["on-focus", "paper"], dark: ["focus", "paper"] };

for (const [scheme, colours] of Object.entries(schemes)) {
  for (const [one, other] of TEXT) {
    test(`${scheme}: ${one} reads on ${other}`, () => {
      assert.ok(contrast(colours[one], colours[other]) >= 4.5, contrast(colours[one], colours[other]).toFixed(2));
    });
  }
  for (const [one, other] of [...EDGES, FOCUS_EDGE[scheme]]) {
    test(`${scheme}: ${one} shows against ${other}`, () => {
      assert.ok(contrast(colours[one], colours[other]) >= 3, contrast(colours[one], colours[other]).toFixed(2));
    });
  }
}

test("dark says every colour that light says", () => {
  assert.deepEqual(Object.keys(schemes.dark).sort(), Object.keys(schemes.light).sort());
});

test("dark has no pure white", () => {
  assert.ok(!Object.values(schemes.dark).includes("#ffffff"));
});
