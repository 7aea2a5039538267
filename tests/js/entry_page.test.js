/** The form of an entry, from this phone: logged, amended, or mended after the server refused it. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { briefing, newBrowser } from "./browser.js";

const VISIT = "/entries/new/premises-visit";

/** Asha's phone without signal. */
async function cellar(more = {}) {
  const browser = await newBrowser();
  browser.brief(more);
  await browser.signIn();
  browser.online = false;
  return browser;
}

/** A form of the phone, ready to be typed into. */
async function form(browser, at = VISIT, name = `/shell${at.split("?")[0]}`) {
  const page = browser.open(name, { at });
  await page.load("theme_first");
  await page.load("entry_page");
  await page.until(() => page.button("Save").disabled === false);
  return page;
}

async function save(page) {
  page.press("Save");
  await page.gone();
}

/** Send what waits, as the next page does, and return what has reached the server. */
async function sent(browser) {
  browser.online = true;
  const page = browser.open("/tonight");
  await page.start();
  await page.until(() => /All sent/.test(page.reads(page.document.body)));
  page.leave();
  return browser.received;
}

test("a visit is on the phone once it is saved, and Tonight opens with it", async () => {
  const browser = await cellar();
  const page = await form(browser);
  page.type(page.field("Premises"), "The Lamp");
  page.field("Advice given").click();
  page.field("15").click();
  page.type(page.field("People spoken to"), "3");
  await save(page);
  assert.match(page.reads(), /Saved on this phone 21:40/);
  const [record, ...others] = await sent(browser);
  assert.equal(page.went[0], `/tonight?saved=${record.id}`);
  assert.deepEqual([record.type, record.kind, record.captured_at, record.officer_id, others], ["entry", "premises-visit", "2020-12-05T21:40:03Z", 1, []]);
  const { place, action, minutes, count_spoken_to, deployment, opened_at } = record.fields;
  assert.deepEqual([place, action, minutes, count_spoken_to, deployment, opened_at], ["The Lamp", "advice_given", "15", "3", "2", "2020-12-05T21:40:03Z"]);
});

test("a second tap on Save logs nothing twice", async () => {
  const browser = await cellar();
  const page = await form(browser);
  page.type(page.field("Premises"), "The Lamp");
  page.button("Save").click();
  page.button("Save").click();
  await page.gone();
  assert.equal((await sent(browser)).length, 1);
});

test("premises are found in the register of the phone by a few letters", async () => {
  const browser = await cellar();
  const page = await form(browser);
  page.field("Premises").focus();
  page.type(page.field("Premises"), "brass an");
  await browser.clock.passes(500);
  page.press("The Brass Anchor");
  assert.match(page.reads(), /Chosen: The Brass Anchor/);
  assert.match(page.reads(page.fold("This deals with a task")), /Loud music/);
  await save(page);
  const [{ fields }] = await sent(browser);
  assert.deepEqual([fields.place, fields.premises_id], ["The Brass Anchor", "1"]);
});

test("the address of a task fills in where it is, and dealing with it is said", async () => {
  const browser = await cellar();
  const page = await form(browser, `${VISIT}?task=2`);
  assert.equal(page.field("Premises").value, "The Clockwork Anchor");
  await save(page);
  const [{ fields }] = await sent(browser);
  assert.deepEqual([fields.task_2, fields.tasks_offered], ["yes", "1 2 3 4"]);
});

/** A form somebody has begun to fill, and the address that it has by then. */
async function halfFilled(browser, at = VISIT, place = "The Lamp") {
  const page = await form(browser, at);
  page.type(page.field("Premises"), place);
  await browser.clock.passes(1_000);
  await page.until(() => page.document.documentElement.dataset.draftKept);
  page.leave();
  return page.location.pathname + page.location.search;
}

test("what is typed is there when the page comes again, and gone once it is saved", async () => {
  const browser = await cellar();
  const again = await halfFilled(browser);
  const page = await form(browser, again);
  assert.equal(page.field("Premises").value, "The Lamp");
  assert.match(page.reads(), /Half-filled from 21:40: The Lamp/);
  await save(page);
  page.leave();
  const next = await form(browser, again);
  assert.equal(next.field("Premises").value, "");
  assert.doesNotMatch(next.reads(), /Half-filled/);
});

test("a new form is an empty one, whatever is half-filled elsewhere", async () => {
  const browser = await cellar();
  await halfFilled(browser);
  const page = await form(browser);
  assert.equal(page.field("Premises").value, "");
});

test("a half-filled form that is thrown away begins anew, as what its address asks", async () => {
  const browser = await cellar();
  const page = await form(browser, await halfFilled(browser, `${VISIT}?task=2`));
  page.press("Throw it away");
  await page.gone();
  assert.equal(page.went[0], `${VISIT}?task=2`);
  page.leave();
  assert.deepEqual(await browser.store.all("drafts"), []);
});

test("a task that is not dealt with after all stays so when the form comes again", async () => {
  const browser = await cellar();
  const page = await form(browser, `${VISIT}?task=2`);
  page.document.querySelector("[name=task_2]").click();
  page.type(page.field("People spoken to"), "3");
  await browser.clock.passes(1_000);
  await page.until(() => page.document.documentElement.dataset.draftKept);
  page.leave();
  const again = await form(browser, page.location.pathname + page.location.search);
  await save(again);
  assert.equal((await sent(browser))[0].fields.task_2, undefined);
});

test("what is thrown away stays away, whatever was typed a moment before", async () => {
  const browser = await cellar();
  const page = await form(browser, await halfFilled(browser));
  page.type(page.field("People spoken to"), "3");
  page.press("Throw it away");
  await page.gone();
  await browser.clock.passes(1_000);
  await browser.store.put("drafts", { id: "last" }, "last");
  assert.deepEqual((await browser.store.all("drafts")).map(({ id }) => id), ["last"]);
});

test("of two operations tonight somebody chooses one in the form", async () => {
  const [one] = briefing().deployments;
  const browser = await cellar({ deployments: [one, { ...one, id: 9, label: "Op Dial · Sat 5 Dec" }] });
  const page = await form(browser);
  assert.match(page.reads(), /Operation Op Emblazen · Sat 5 Dec Op Dial · Sat 5 Dec No operation/);
  page.field("Op Dial").click();
  await save(page);
  assert.equal((await sent(browser))[0].fields.deployment, "9");
});

test("whoever has no power to do it may only witness, refer or join", async () => {
  const page = await form(await cellar(), "/entries/new/arrest");
  page.fold("Notes").open = true;
  const offered = [...page.document.querySelectorAll("input[name=capacity]")].map((input) => input.value);
  assert.ok(offered.length > 0 && !offered.includes("own"), String(offered));
});

test("a law in the address is chosen, with its usual amount", async () => {
  const browser = await cellar({ officer: { ...briefing().officer, not_own: [] } });
  const page = browser.open("/shell/entries/new/notice", { at: "/entries/new/notice" });
  const { value, dataset } = page.document.querySelector("input[name=law][data-usual]");
  page.leave();
  const next = browser.open("/shell/entries/new/notice", { at: `/entries/new/notice?law=${value}` });
  await next.start();
  await next.until(() => next.button("Save").disabled === false);
  assert.deepEqual([next.document.querySelector("input[name=law]:checked").value, next.field("Amount").value], [value, dataset.usual]);
});

test("an entry that the server has is amended from what it says, with a reason", async () => {
  const browser = await cellar();
  const [{ id }] = briefing().entries;
  const page = await form(browser, `/phone/amend/premises-visit/${id}`, "/shell/entries/new/premises-visit");
  assert.match(page.reads(), /Amend The Hollow Ferret/);
  assert.deepEqual([page.field("Premises").value, page.field("45").checked, page.field("People warned").value], ["The Hollow Ferret", true, "1"]);
  page.type(page.field("People warned"), "2");
  page.type(page.field("Why"), "miscounted");
  await save(page);
  const [record] = await sent(browser);
  assert.deepEqual([record.type, record.entry_id, record.fields.count_warned, record.fields.reason], ["amendment", id, "2", "miscounted"]);
});

/** The id of a visit on Asha's phone that the server has refused, and what takes it after all. */
async function refused(browser) {
  const page = await form(browser);
  page.type(page.field("Premises"), "The Lamp");
  await save(page);
  page.leave();
  const take = browser.answers["/api/sync"];
  browser.answers["/api/sync"] = ({ records }) => ({ json: { answers: records.map(({ id }) => ({ id, state: "rejected", problems: [{ field: "minutes", message: "At most 1,440." }] })) } });
  browser.online = true;
  const tonight = browser.open("/tonight");
  await tonight.start();
  await tonight.until(() => /1 needs you/.test(tonight.reads(tonight.document.body)));
  tonight.leave();
  browser.online = false;
  return { id: page.went[0].split("=")[1], take };
}
const mendingOf = (browser, id) => form(browser, `/phone/mend/premises-visit/${id}`, "/shell/entries/new/premises-visit");

test("what two windows mend says once what it says", async () => {
  const browser = await cellar();
  const { id, take } = await refused(browser);
  const [one, other] = [await mendingOf(browser, id), await mendingOf(browser, id)];
  one.field("15").click();
  await save(one);
  other.field("30").click();
  other.press("Save");
  await other.until(() => /Not saved This form was saved from another window at 21:40/.test(other.reads()));
  browser.answers["/api/sync"] = take;
  assert.deepEqual((await sent(browser)).map(({ fields }) => fields.minutes), ["15"]);
});

test("what the server refused is mended beside its words, under the same number", async () => {
  const browser = await cellar();
  const { id, take } = await refused(browser);
  const mending = await mendingOf(browser, id);
  assert.match(mending.reads(), /^Tonight fieldlog could not take this yet At most 1,440\./);
  assert.equal(mending.field("Premises").value, "The Lamp");
  mending.field("15").click();
  await save(mending);
  browser.answers["/api/sync"] = take;
  const [record] = await sent(browser);
  assert.deepEqual([record.id, record.type, record.fields.place, record.fields.minutes], [id, "entry", "The Lamp", "15"]);
});

test("an entry that this phone does not know is the server’s to amend", async () => {
  const id = "00000000-0000-4000-8000-000000000000";
  const page = (await cellar()).open("/shell/entries/new/other", { at: `/phone/amend/other/${id}` });
  await page.load("entry_page");
  await page.gone();
  assert.deepEqual(page.went, [`/entries/${id}`]);
});

test("a phone that lets nothing be written says so, and the form stays to be saved", async () => {
  const browser = await cellar();
  const page = await form(browser);
  page.type(page.field("Premises"), "The Lamp");
  const { add } = IDBObjectStore.prototype;
  IDBObjectStore.prototype.add = () => { throw new DOMException("full", "QuotaExceededError"); };
  page.press("Save");
  await page.until(() => /Not saved This phone has no room left/.test(page.reads()));
  IDBObjectStore.prototype.add = add;
  assert.equal(page.field("Premises").value, "The Lamp");
  await save(page);
  assert.equal((await sent(browser)).length, 1);
});

test("a name that a half-filled form comes back with is not searched for", async () => {
  const browser = await cellar();
  const page = await form(browser, await halfFilled(browser, VISIT, "brass anchor"));
  await browser.clock.passes(500);
  assert.equal(page.reads(page.document.querySelector("[data-premises-search] [role=status]")), "");
});

/** Asha's form with something typed, and the browser that it is open in, with signal. */
async function typedByAsha() {
  const browser = await cellar();
  const page = await form(browser);
  page.type(page.field("Premises"), "The Lamp");
  browser.online = true;
  return { browser, page };
}

test("a form that its officer leaves open when they sign out in another window is saved as theirs", async () => {
  const { browser, page } = await typedByAsha();
  const feed = browser.open("/shell/tasks", { at: "/tasks" });
  await feed.load("tasks_page");
  const account = browser.open("/account");
  await account.start();
  await account.until(() => /All sent/.test(account.reads(account.document.body)));
  account.press("Sign out");
  await account.until(() => account.sent.length);
  account.leave();
  browser.answers["/api/briefing"] = () => ({ status: 401, json: { error: "signed-out" } });
  await browser.open("/sign-in", { at: "/sign-in?left=1" }).start();
  await feed.gone();
  await save(page);
  await browser.open("/sign-in").start();
  await page.until(() => browser.received.length);
  const [{ fields, officer_id }] = browser.received;
  assert.deepEqual([fields.place, officer_id], ["The Lamp", 1]);
});

test("whoever signs in next on the phone finds nobody else’s form open", async () => {
  const { browser, page } = await typedByAsha();
  browser.brief({ officer: { ...briefing().officer, id: 2, name: "Ben Cole" } });
  browser.answers["/api/csrf"] = () => ({ json: { token: "c2", officer_id: 2 } });
  const bens = browser.open("/shell/tasks", { at: "/tasks" });
  await bens.load("tasks_page");
  await page.gone();
  assert.deepEqual(page.went, [page.location.pathname + page.location.search]);
});

test("on the next evening without signal nothing is logged under the operation of the night before", async () => {
  const browser = await cellar();
  await browser.clock.passes(22 * 3_600_000);
  const page = await form(browser);
  page.type(page.field("Premises"), "The Lamp");
  assert.doesNotMatch(page.reads(page.document.querySelector("header")), /Op Emblazen/);
  await save(page);
  assert.equal((await sent(browser))[0].fields.deployment, "none");
});
