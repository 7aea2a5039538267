/** The form of an entry, from this phone: to be logged, amended, or mended after the server refused it. */
import { keptPremises } from "./briefing.js";
import { discard, fieldsOf, fill, hold, keepDraft, offered, untouched } from "./drafts.js";
import { shownOf } from "./entry_gist.js";
import { offerTasks } from "./fitting.js";
import { showProblems } from "./form_problems.js";
import { newId } from "./ids.js";
import { saysTime, utcText } from "./moments.js";
import { confirmOnce, mend } from "./outbox.js";
import { startingPoint } from "./own_entry.js";
import { startPhotos } from "./photos.js";
import { startPremisesSearch } from "./premises_search.js";
import { register } from "./premises_register.js";
import { duty, openShell, part } from "./shell.js";
import { NotKept } from "./store.js";
import { onceGate } from "./submit_once.js";

const [, mode = "new", target = ""] = (globalThis.location?.pathname ?? "").match(/^\/phone\/(amend|mend)\/[a-z-]+\/([0-9a-f-]{36})$/) ?? [];
const asked = new URLSearchParams(globalThis.location?.search);

function offerDuties(root, form, briefing, { chosen, ask }) {
  const duties = briefing?.deployments ?? [];
  const where = part(root, ask ? "ask-duty" : "other-duty");
  const whole = root.querySelector("template[data-row=duties]").content.firstElementChild.cloneNode(true);
  const one = root.querySelector("template[data-row=duty]").content.firstElementChild;
  const choices = [...duties.map(({ id, label }) => [String(id), label]), ["none", "No operation"]];
  whole.querySelector(".choices__set").append(...choices.map(([value, label], index) => {
    const choice = one.cloneNode(true);
    const [input, words] = choice.children;
    Object.assign(input, { value, id: `deployment-${index}` });
    Object.assign(words, { htmlFor: input.id, textContent: label });
    input.defaultChecked = value === String(chosen?.id ?? (ask ? "" : "none"));
    return choice;
  }));
  where.replaceChildren(whole);
  where.hidden = choices.length < 2;
}

function narrowCapacity(form, briefing) {
  if (!briefing?.officer.not_own?.includes(form.dataset.kind)) return;
  for (const input of form.querySelectorAll("input[name=capacity][value=own]")) input.closest(".choice").remove();
}

async function startSearch(root, phone) {
  startPremisesSearch(root, register(await keptPremises(phone.store, phone.who), phone.briefing?.known), 0);
}

function chooseLaw(form, code) {
  const law = code && form.querySelector(`input[name=law][value="${CSS.escape(code)}"]`);
  if (!law) return;
  law.click();
  // What the address chose is what the form opens with, and no draft of anybody's.
  law.defaultChecked = true;
  form.elements.amount.defaultValue = form.elements.amount.value;
}

async function offerDraft(root, form, phone, id, use) {
  const all = await offered(phone.store, phone.who, Date.now());
  const wanted = all.find((one) => one.id === (target || id));
  const used = wanted && (await use(wanted));
  const latest = used && target ? wanted : all.find((one) => one.kind === form.dataset.draft);
  if (!latest || (used && !target)) return;
  const row = Object.assign(document.createElement("div"), { className: "undo" });
  const words = Object.assign(document.createElement("p"), { className: "undo__text" });
  words.textContent = `Half-filled from ${saysTime(latest.at)}${latest.place ? `: ${latest.place}` : ""}`;
  const button = (text, act) => {
    const made = Object.assign(document.createElement("button"), { type: "button", className: "undo__button", textContent: text });
    made.addEventListener("click", async () => { if ((await act()) !== false) row.remove(); });
    return made;
  };
  const away = button("Throw it away", async () => {
    await discard(phone.store, latest.id);
    if (target) location.reload();
  });
  row.append(words, ...(target ? [] : [button("Carry on", () => use(latest))]), away);
  part(root, "drafts").replaceChildren(row);
}

async function start(root, phone) {
  const form = part(root, "entry");
  const { who } = phone;
  const from = startingPoint(phone, { mode, target });
  if (!from) {
    location.replace(mode === "amend" ? `/entries/${target}` : "/phone");
    return;
  }
  form.dataset.draft = target ? mode : asked.get("first") ? `${form.dataset.kind}?first=${asked.get("first")}` : form.dataset.kind;
  offerDuties(root, form, phone.briefing, await duty(phone));
  narrowCapacity(form, phone.briefing);
  startSearch(root, phone);
  chooseLaw(form, asked.get("law"));
  offerTasks(root, form, phone.briefing?.tasks, asked.get("task"));
  form.elements.opened_at.value = utcText(Date.now());
  let id = target || newId();
  if (from.fields) fill(form, from.fields);
  if (mode === "amend" || from.row?.type === "amendment") part(root, "reason").hidden = false;
  if (mode === "amend") root.querySelector("h1").textContent = `Amend ${form.elements.place?.value || form.dataset.title}`;
  if (from.row) showProblems(part(root, "problems"), form, "fieldlog could not take this yet", from.row.said ?? []);

  const before = target ? fieldsOf(form) : untouched(form);
  const open = (one) => {
    if (!target) asked.set("draft", one);
    const href = `${location.pathname}?${asked}`;
    const title = `${target && "Amend "}${form.dataset.title}`;
    return keepDraft(form, { store: phone.store, who, id: one, kind: form.dataset.draft, title, href, before });
  };
  const wanted = asked.get("draft");
  if (!target) hold(id);
  let draft = open(id);
  const photos = target ? null : startPhotos(root, form, phone);
  photos?.open(id);
  await offerDraft(root, form, phone, wanted, async (kept) => {
    if (!(await hold(kept.id))) return false;
    draft.stop();
    id = kept.id;
    draft = open(id);
    fill(form, kept.fields);
    photos?.open(id);
    return true;
  });
  if (target) hold(target);
  delete document.documentElement.dataset.filling;
  // What a link asks to be completed; it could not take the focus before.
  root.getElementById(location.hash.slice(1))?.focus();
  const gate = onceGate();
  const button = form.querySelector("[data-sending]");
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (!gate.enter()) return;
    draft.stop();
    try {
      await save(phone, who, form, from, id, button, photos);
    } catch (error) {
      gate.release();
      draft = open(id);
      button.textContent = "Save";
      if (error instanceof NotKept) photos?.offerWithout();
      showProblems(part(root, "problems"), form, "Not saved", [{ message: error.message }]);
    }
  });
  button.disabled = false;
}

async function save(phone, who, form, from, id, button, photos) {
  const now = Date.now();
  const taken = await photos?.list();
  const fields = fieldsOf(form);
  const shown = { ...shownOf(form, fields, form.dataset.title), kind: form.dataset.kind, undo: mode === "new" && form.dataset.undo === "yes" };
  let saved = id;
  if (from.row) {
    await mend(phone.store, who, from.row, fields, { shown });
    await phone.store.remove("drafts", id);
  } else if (mode === "amend") {
    saved = newId();
    const said = { id: saved, type: "amendment", entryId: from.entryId, after: from.after, fields };
    await confirmOnce(phone.store, who, said, { shown: { ...shown, counts: {} }, draft: id, now });
  } else {
    const said = { id, type: "entry", kind: form.dataset.kind, fields };
    const { other, row } = await confirmOnce(phone.store, who, said, { shown, draft: id, now, photos: taken });
    if (other) throw new Error(`This form was saved from another window at ${saysTime(row.captured_at)} and said something else. Open it in My entries to amend it.`);
  }
  button.textContent = `Saved on this phone ${saysTime(now)}`;
  document.documentElement.dataset.saved = saved;
  phone.channel.postMessage({ changed: true });
  location.assign(`/tonight?saved=${saved}`);
}

if (typeof document !== "undefined") openShell(document).then((phone) => phone && start(document, phone));
