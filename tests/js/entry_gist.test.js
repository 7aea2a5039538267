/** What the screen says of a form that was confirmed. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { countsOf } from "../../static/js/entry_gist.js";
import { newBrowser } from "./browser.js";

test("only whole counts above nought are counted", () => {
  assert.deepEqual(countsOf({ count_spoken_to: "3", count_warned: "0", count_masks: "", count_cash: "1O", place: "4" }), { spoken_to: 3 });
});

/** What the phone says of an entry once the form of its kind was filled in by `fill` and saved. */
async function logged(kind, fill) {
  const browser = await newBrowser();
  await browser.signIn();
  browser.online = false;
  const form = browser.open(`/shell/entries/new/${kind}`, { at: `/entries/new/${kind}` });
  await form.load("entry_page");
  await form.until(() => form.button("Save").disabled === false);
  fill(form);
  form.press("Save");
  await form.gone();
  form.leave();
  const id = form.went[0].slice(-36);
  const own = browser.open("/shell/entry", { at: `/phone/entry/${id}` });
  await own.load("own_entry_page");
  await own.until(() => own.part("rows").children.length);
  own.leave();
  const mine = browser.open("/shell/entries/mine", { at: "/entries/mine" });
  await mine.load("mine_page");
  await mine.until(() => mine.part("feed").querySelector(`a[href$="${id}"]`));
  return { line: mine.reads(mine.part("feed").querySelector(`a[href$="${id}"]`).closest("li")), rows: own.reads(own.part("rows")) };
}

test("a visit is named by its place, with what was done, how long it took and how many it counts", async () => {
  const { line, rows } = await logged("premises-visit", (form) => {
    form.type(form.field("Premises"), "The Lamp");
    form.field("Advice given").click();
    form.field("15").click();
    form.type(form.field("People spoken to"), "3");
  });
  assert.equal(line, "21:40 The Lamp On this phone Premises visit · Advice given · 15 minutes · 3 people spoken to");
  assert.match(rows, /Premises The Lamp .*Action taken Advice given .*Time taken, minutes 15 .*People spoken to 3/);
});

test("what was not recorded is not said", async () => {
  const { line, rows } = await logged("premises-visit", (form) => {
    form.type(form.field("Premises"), "The Lamp");
    form.document.querySelector("input[name=minutes][value='not recorded']").click();
  });
  assert.equal(line, "21:40 The Lamp On this phone Premises visit");
  assert.doesNotMatch(rows, /Time taken/);
});

test("an entry without a place is named by its kind, with the beginning of what was typed", async () => {
  const { line } = await logged("other", (form) => form.type(form.field("Particulars"), `Road closed with barriers. ${"x".repeat(100)}`));
  assert.match(line, /^21:40 Other On this phone Road closed with barriers\. x+…$/);
});

test("a notice is told by its law", async () => {
  const { line, rows } = await logged("notice", (form) => {
    form.field("PSPO breach").click();
    form.type(form.field("Notice number"), "AB 123");
  });
  assert.match(line, /^21:40 Notice On this phone PSPO breach/);
  assert.match(rows, /Law PSPO breach .*Notice number AB 123/);
});
