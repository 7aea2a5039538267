/** Taps on the server's own page of the tally: in their turn, each until it is answered, and each once. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { newBrowser, said } from "./browser.js";

/** The page as the server answers a tap: `number` people spoken to, ids of its own, and the tap taken back at `undo`. */
function after(number, { undo = `/plus-one/${number}/undo`, problem = "" } = {}) {
  const page = said("/plus-one")
    .replace(/(value="spoken_to )[^"]*/, `$1id-${number + 1}`)
    .replace(/(<span class="tally__value">)\d+/, `$1${number}`)
    .replace(/(data-last-tap>[^]*?)Nothing counted just now\.(<\/p>\s*<button class="undo__button") hidden/, `$1Last: ${number} people spoken to$2`)
    .replace(/action="[^"]*"( data-last-tap)/, `action="${undo}"$1`);
  return problem ? page.replace('<div class="page-head">', `<div class="notice"><p class="notice__text">${problem}</p></div><div class="page-head">`) : page;
}

/** The page, and what each tap of "People spoken to" has sent; `answer(number)` is the server's. */
async function tally(answer = (number) => ({ text: after(number) })) {
  const browser = await newBrowser();
  const sent = [];
  browser.answers["/plus-one"] = (body) => {
    sent.push(body.get("tap"));
    return answer(sent.length, body);
  };
  const page = browser.open("/plus-one");
  await page.load("tally");
  const tile = page.document.querySelector("[name=tap]");
  const told = () => page.reads(page.document.querySelector("[data-last-tap]"));
  return { browser, page, sent, tile, told, count: () => tile.querySelector(".tally__value").textContent };
}

test("a tap counts at once, without leaving the page, and can be taken back", async () => {
  const { page, tile, told, count } = await tally();
  tile.click();
  await page.until(() => count() === "1");
  assert.equal(told(), "Last: 1 people spoken to Undo");
  assert.deepEqual([page.sent, page.went], [[], []]);
});

test("quick taps each have an id of their own, from the answer before", async () => {
  const { page, tile, sent, count } = await tally();
  const first = tile.value;
  for (let taps = 0; taps < 3; taps += 1) tile.click();
  await page.until(() => count() === "3");
  assert.deepEqual(sent, [first, "spoken_to id-2", "spoken_to id-3"]);
});

test("a tap that is not answered waits, says so, and is sent again under its own id", async () => {
  const { browser, page, tile, sent, told, count } = await tally();
  browser.online = false;
  const first = tile.value;
  tile.click();
  tile.click();
  await page.until(() => /^2 not sent yet\. Stay here/.test(told()));
  browser.online = true;
  page.window.dispatchEvent(new page.window.Event("online"));
  await page.until(() => count() === "2");
  assert.deepEqual(sent, [first, "spoken_to id-2"]);
});

test("the sign-in page of a pub’s WiFi is no answer", async () => {
  let wifi = true;
  const { page, tile, sent, told, count } = await tally((number) => ({ text: wifi ? "<h1>Welcome</h1>" : after(number) }));
  tile.click();
  await page.until(() => /^1 not sent yet/.test(told()));
  wifi = false;
  page.window.dispatchEvent(new page.window.Event("online"));
  await page.until(() => count() === "2");
  assert.equal(sent[0], sent[1]);
});

test("a server in trouble is heard and tried again; what it refuses is said and let go", async () => {
  const answers = [
    { status: 507, text: after(0, { problem: "The disk is full." }) }, { status: 409, text: after(0, { problem: "That was not counted. Tap again." }) }, { text: after(1) },
  ];
  const { page, tile, sent, told, count } = await tally((number) => answers[number - 1]);
  tile.click();
  await page.until(() => /^The disk is full\./.test(told()));
  tile.click();
  await page.until(() => count() === "1");
  assert.equal(sent[0], sent[1]);
});

test("undo goes to where the last answer said, and its answer is shown", async () => {
  const { browser, page, tile, told, count } = await tally();
  tile.click();
  await page.until(() => count() === "1");
  browser.answers["/plus-one/1/undo"] = () => ({ text: after(0, { problem: "Undone." }) });
  page.press("Undo");
  await page.until(() => /^Undone\./.test(told()));
  assert.equal(count(), "0");
});
