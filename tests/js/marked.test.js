/** What a page has marked for its modules is found, filled, copied and shown. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { newBrowser } from "./browser.js";

async function open(name) {
  const page = (await newBrowser()).open(name);
  return { page, ...(await page.load("marked")) };
}

test("a text is in sight where there is one", async () => {
  const { page, show } = await open("/shell/tonight");
  for (const [text, hidden] of [["A doubt.", false], ["", true], [undefined, true], ["Another.", false]]) {
    show({ doubts: text });
    assert.deepEqual([page.part("doubts").hidden, page.part("doubts").textContent], [hidden, text ?? ""]);
  }
});

test("words stand where their place keeps them, and nothing else there changes", async () => {
  const { page, show } = await open("/shell/tonight");
  show({ saved: "Saved on this phone 21:40" });
  assert.equal(page.reads(page.part("saved")), "Saved on this phone 21:40 Undo");
});

test("yes and no show and hide what stands there already", async () => {
  const { page, show } = await open("/shell/tonight");
  show({ "nothing-planned": true });
  assert.match(page.reads(), /Nothing planned tonight\. Log anyway/);
  show({ "nothing-planned": false });
  assert.doesNotMatch(page.reads(), /Nothing planned/);
});

test("what a page has no place for is left out", async () => {
  const { page, show } = await open("/shell/tasks");
  const before = page.reads();
  show({ waiting: "1 entry", nowhere: true });
  assert.equal(page.reads(), before);
});

test("a row is copied with its texts, its address and how it stands", async () => {
  const { page, copies, show } = await open("/shell/tasks");
  const tasks = [
    { where: "The Lamp", asked: "Loud music", about: "For you", label: "Due now", tone: "warn", log: "/entries/new/premises-visit?task=1" },
    { where: "The Mitre", asked: "Fire exit", about: "For Crew 2", label: "", tone: "plain", log: "/entries/new/other?task=2" },
  ];
  show({ tasks: copies("task", tasks) });
  assert.equal(page.reads(page.part("tasks").children[0]), "The Lamp Due now Loud music For you Log what was done at The Lamp");
  assert.doesNotMatch(page.reads(page.part("tasks").children[1]), /Due/);
  assert.ok(page.part("tasks").querySelector(".state").classList.contains("state--warn"));
  page.link("Log what was done at The Mitre").click();
  assert.deepEqual(page.went, ["/entries/new/other?task=2"]);
});

test("a heading without a text says that nothing was recorded", async () => {
  const { page, pairs, show } = await open("/shell/briefing");
  show({ visits: pairs([["The Lamp", "Visited 20:15 by Ben Cole"], ["Notes", ""]]) });
  assert.equal(page.reads(page.part("visits")), "The Lamp Visited 20:15 by Ben Cole Notes Not recorded");
});

test("the words of a case come from the page, with what they are about", async () => {
  const { part, worded } = await open("/shell/phone");
  assert.equal(worded(part("told"), "named", "Crew 2 $& phone"), "This phone is called Crew 2 $& phone.");
});

test("a copied button stands for what it is a button of", async () => {
  const { page, copies, show } = await open("/shell/tonight");
  show({ "choose-duty": true, duties: copies("duty", [{ id: 2, label: "Op Emblazen · Sat 5 Dec" }]) });
  assert.equal(page.button("Op Emblazen").value, "2");
});

test("a form that would be sent to the server is not", async () => {
  const { page, onSubmit } = await open("/sign-in");
  onSubmit(page.document.querySelector("main form"), () => {});
  page.press("Sign in");
  assert.deepEqual(page.sent, []);
});

test("a form that is sent does what the module does, and goes nowhere", async () => {
  const { page, onSubmit, part, show } = await open("/shell/tonight");
  const heard = [];
  show({ "choose-duty": true });
  onSubmit(part("choose-duty"), ({ submitter }) => heard.push(submitter.value));
  page.press("None of these");
  assert.deepEqual([heard, page.sent], [["none"], []]);
});
