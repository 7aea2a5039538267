/** A part of a page is renewed in place: what is the same stays the very same. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { newBrowser } from "./browser.js";

/** A list before and after, renewed; `of` finds what an item was before. */
async function renewed(before, after) {
  const page = (await newBrowser()).open("/nights/2/live");
  const { renew } = await page.load("renewal");
  const part = page.document.querySelector("[data-live]");
  part.innerHTML = before;
  const was = new Map([...part.querySelectorAll("*")].map((element) => [element, element.outerHTML]));
  return {
    page, part, was,
    renew() {
      const fresh = part.cloneNode(false);
      fresh.innerHTML = after;
      renew(part, fresh);
    },
  };
}
const item = (key, text) => `<li data-key="${key}"><a href="/${key}">${text}</a></li>`;

test("it reads as the server says it now", async () => {
  const { part, renew } = await renewed(
    `<p class="a" title="t">old</p><ul>${item("b", "B")}${item("c", "C")}</ul><hr>`,
    `<p class="b">new</p><ul>${item("d", "D")}${item("c", "C 2")}${item("b", "B")}</ul>`,
  );
  renew();
  assert.equal(part.innerHTML, `<p class="b">new</p><ul>${item("d", "D")}${item("c", "C 2")}${item("b", "B")}</ul>`);
});

test("what has a key of its own stays the very same wherever it moves", async () => {
  const { part, renew } = await renewed(`<ul>${item("b", "B")}${item("c", "C")}</ul>`, `<ul>${item("a", "A")}${item("c", "C 2")}${item("b", "B")}</ul>`);
  const [b, c] = part.querySelectorAll("li");
  renew();
  assert.deepEqual([...part.querySelectorAll("li")].slice(1), [c, b]);
});

test("what has an id stays the very same as well, and what has neither by its place among its like", async () => {
  const { part, renew } = await renewed('<p>one</p><h2 id="h">H</h2><p>two</p>', '<h2 id="h">H 2</h2><p>one</p><p>two, by now</p>');
  const [one, two] = part.querySelectorAll("p");
  const heading = part.querySelector("h2");
  renew();
  assert.deepEqual([...part.children], [heading, one, two]);
  assert.equal(part.textContent, "H 2onetwo, by now");
});

test("the focus stays on what is being used while others come and go around it", async () => {
  const { page, part, renew } = await renewed(`<ul>${item("a", "A")}${item("b", "B")}${item("c", "C")}</ul>`, `<ul>${item("d", "D")}${item("b", "B 2")}</ul>`);
  const used = part.querySelector("[data-key=b] a");
  used.focus();
  renew();
  assert.equal(page.document.activeElement, used);
  assert.equal(used.textContent, "B 2");
});

test("a fold that somebody has opened stays open, one that they shut stays shut", async () => {
  const folds = (words) => `<details data-key="one"><summary>${words}</summary></details><details data-key="two" open><summary>${words}</summary></details>`;
  const { part, renew } = await renewed(folds("before"), folds("after"));
  const [one, two] = part.children;
  [one.open, two.open] = [true, false];
  renew();
  assert.deepEqual([one.open, two.open, part.textContent], [true, false, "afterafter"]);
});
