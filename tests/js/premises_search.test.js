/** Premises by a few letters: found, chosen and told; and a name that nobody finds is saved as typed. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { readPremises } from "../../static/js/premises_search.js";
import { newBrowser } from "./browser.js";

test("an answer of another shape is no answer", () => {
  assert.equal(readPremises(null), null);
  assert.equal(readPremises({ sign_in: true }), null);
  assert.equal(readPremises({ premises: "no" }), null);
  assert.deepEqual(readPremises({ premises: [] }), []);
});

test("a suggestion without a name or an id is left out", () => {
  const answer = { premises: [{ id: 0, name: "The Lamp" }, { id: 2 }, null, { name: "Nameless id" }] };
  assert.deepEqual(readPremises(answer), [{ id: 0, name: "The Lamp" }]);
});

const LAMP = { id: 7, name: "The Lamp", detail: "1 High Street", type: "pub", note: "Crew 1 was here at 20:15", about: "Last visit 4 Dec 2020" };
const MITRE = { id: 8, name: "The Mitre", detail: "", type: "" };

/** The server's form of a visit; `says` answers its search, and `after` types letters and lets time pass. */
async function search(says) {
  const browser = await newBrowser();
  browser.answers["/premises/search"] = says;
  const page = browser.open("/entries/new/premises-visit");
  const { startPremisesSearch } = await page.load("premises_search");
  startPremisesSearch(page.document);
  const box = page.document.querySelector("[data-premises-search]");
  const [field, chosen] = [page.field("Premises"), box.querySelector("[type=hidden]")];
  const after = async (letters) => {
    page.type(field, letters);
    await browser.clock.passes(200);
  };
  const found = () => page.reads(box.querySelector("ul"));
  const told = () => page.reads(box.querySelector("[role=status]"));
  return { browser, page, box, field, chosen, after, found, told };
}

test("a few letters bring buttons with where it is, who was there tonight and how it stood", async () => {
  const { browser, page, after, found, told } = await search(() => ({ json: { premises: [LAMP, MITRE] } }));
  await after(" la ");
  await page.until(() => told() === "2 premises found");
  assert.equal(found(), "The Lamp 1 High Street Crew 1 was here at 20:15 Last visit 4 Dec 2020 The Mitre");
  assert.equal(browser.asked.at(-1).path, "/premises/search?q=la");
});

test("one letter asks nobody", async () => {
  const { browser, after, told } = await search(() => ({ json: { premises: [LAMP] } }));
  await after("l");
  assert.deepEqual([browser.asked.length, told()], [0, ""]);
});

test("what was chosen is told, goes with the form, and is forgotten when somebody types on", async () => {
  const { page, after, found, told, field, chosen } = await search(() => ({ json: { premises: [LAMP] } }));
  await after("lamp");
  await page.until(() => told() === "1 premises found");
  page.press("The Lamp");
  assert.equal(told(), "Chosen: The Lamp, 1 High Street Crew 1 was here at 20:15 Last visit 4 Dec 2020");
  assert.deepEqual([field.value, chosen.value, chosen.dataset.type, found(), page.document.activeElement], ["The Lamp", "7", "pub", "", field]);
  page.type(field, "The Lamp Annexe");
  assert.deepEqual([chosen.value, told()], ["", ""]);
});

test("an answer that comes after a choice or another letter changes nothing", async () => {
  let answer;
  const { page, after, found, told, field } = await search((_body, _headers, number) => (number === 1 ? { json: { premises: [LAMP] } } : new Promise((done) => { answer = done; })));
  await after("lamp");
  await page.until(() => told() === "1 premises found");
  await after("lamps");
  page.type(field, "l");
  answer({ json: { premises: [MITRE] } });
  await new Promise(setImmediate);
  assert.deepEqual([found(), told()], ["", ""]);
});

test("a form that is filled with what was chosen before keeps the choice, and tells it", async () => {
  const browser = await newBrowser();
  const page = browser.open("/entries/new/premises-visit");
  const box = page.document.querySelector("[data-premises-search]");
  const find = Object.assign(() => [LAMP, MITRE], { at: (id) => (id === "7" ? LAMP : undefined) });
  (await page.load("premises_search")).startPremisesSearch(page.document, find, 0);
  const [field, chosen] = [page.field("Premises"), box.querySelector("[type=hidden]")];
  (await page.load("drafts")).fill(field.form, { place: "The Lamp", premises_id: "7" });
  await browser.clock.passes(200);
  await new Promise(setImmediate);
  assert.match(page.reads(box), /Chosen: The Lamp, 1 High Street/);
  assert.deepEqual([chosen.value, page.reads(box.querySelector("ul"))], ["7", ""]);
});

test("Escape puts the list away and keeps what was typed", async () => {
  const { page, after, found, told, field } = await search(() => ({ json: { premises: [LAMP] } }));
  await after("lamp");
  await page.until(() => told() === "1 premises found");
  field.dispatchEvent(new page.window.KeyboardEvent("keydown", { key: "Escape", bubbles: true }));
  assert.deepEqual([found(), field.value, page.document.activeElement], ["", "lamp", field]);
});

test("what nobody finds, and a search that does not answer, say what to do", async () => {
  const says = { nothing: { json: { premises: [] } }, "pub wifi": { json: { welcome: true } }, offline: null };
  let now;
  const { page, after, told } = await search(() => now);
  for (const [letters, words] of [
    ["nothing", "Not in the register. It will be saved as typed."],
    ["pub wifi", "Search is not answering. Type the name in full."],
    ["offline", "No signal to search. Type the name in full."],
  ]) {
    now = says[letters];
    await after(letters);
    await page.until(() => told() === words);
  }
});

test("letters that were typed before anything listened are searched for too", async () => {
  const browser = await newBrowser();
  browser.answers["/premises/search"] = () => ({ json: { premises: [LAMP] } });
  const page = browser.open("/entries/new/premises-visit");
  const field = page.field("Premises");
  field.focus();
  field.value = "lamp";
  (await page.load("premises_search")).startPremisesSearch(page.document);
  await browser.clock.passes(200);
  await page.until(() => page.button("The Lamp"));
});

test("a choice is forgotten when somebody types on, also before the register is there to be searched", async () => {
  const browser = await newBrowser();
  const page = browser.open("/entries/new/premises-visit");
  const [field, chosen] = [page.field("Premises"), page.document.querySelector("[data-premises-search] [type=hidden]")];
  let arrives;
  (await page.load("premises_search")).startPremisesSearch(page.document, new Promise((done) => { arrives = done; }), 0);
  page.type(field, "The Lamp");
  page.type(chosen, "7");
  page.type(field, "mitre");
  assert.equal(chosen.value, "");
  await browser.clock.passes(0);
  arrives(Object.assign(() => [MITRE], { at: () => undefined }));
  await page.until(() => page.button("The Mitre"));
});
