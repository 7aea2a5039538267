/** The form of an entry, from this phone: to be logged, amended, or mended after the server refused it. */
import { keptPremises } from "./briefing.js";
import { fieldsOf, fill, hold, keepDraft, offered } from "./drafts.js";
import { shownOf } from "./entry_gist.js";
import { showProblems } from "./form_problems.js";
import { newId } from "./ids.js";
import { saysTime, utcText } from "./moments.js";
import { confirmOnce, mend } from "./outbox.js";
import { startPremisesSearch } from "./premises_search.js";
import { register } from "./premises_register.js";
import { duty, openShell, part } from "./shell.js";
import { onceGate } from "./submit_once.js";

const [, mode = "new", target = ""] = (globalThis.location?.pathname ?? "").match(/^\/phone\/(amend|mend)\/[a-z-]+\/([0-9a-f-]{36})$/) ?? [];
const asked = new URLSearchParams(globalThis.location?.search);

/** What the form starts from: {fields, entryId, row, seen}; null where it is not on this phone. */
export function startingPoint(phone, { mode: how, target: id }) {
  if (how === "new") return {};
  const row = phone.rows.find((one) => one.id === id && one.kept);
  if (how === "mend") return row ? { row, entryId: row.kept.record.entry_id, fields: row.kept.record.fields } : null;
  // The latest that this phone says about the entry is what its officer has before them.
  const mine = phone.rows.filter((one) => one.kept && (one.id === id || (one.entry_id === id && one.type === "amendment")));
  const last = mine.at(-1);
  const entry = phone.briefing?.entries.find((one) => one.id === id);
  if (last) return { entryId: id, after: last.id, fields: { ...last.kept.record.fields, reason: "" } };
  return entry?.fields ? { entryId: id, fields: entry.fields } : null;
}

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
  const find = register(await keptPremises(phone.store, phone.who), phone.briefing?.visited);
  startPremisesSearch(root, (letters) => find(letters), 0);
}

function chooseLaw(form, code) {
  const law = code && form.querySelector(`input[name=law][value="${CSS.escape(code)}"]`);
  if (!law) return;
  law.click();
  // What the address chose is what the form opens with, and no draft of anybody's.
  law.defaultChecked = true;
  form.elements.amount.defaultValue = form.elements.amount.value;
}

async function offerDraft(root, form, phone, use) {
  const drafts = (await offered(phone.store, phone.who, Date.now())).filter((one) => one.kind === form.dataset.draft);
  const wanted = drafts.find((one) => one.id === asked.get("draft"));
  if (wanted && (await use(wanted))) return;
  const [latest] = drafts;
  if (!latest) return;
  const row = Object.assign(document.createElement("div"), { className: "undo" });
  const words = Object.assign(document.createElement("p"), { className: "undo__text" });
  words.textContent = `Half-filled from ${saysTime(latest.at)}${latest.place ? `: ${latest.place}` : ""}`;
  const button = (text, act) => {
    const made = Object.assign(document.createElement("button"), { type: "button", className: "undo__button", textContent: text });
    made.addEventListener("click", async () => { if ((await act()) !== false) row.remove(); });
    return made;
  };
  row.append(words, button("Carry on", () => use(latest)), button("Throw it away", () => phone.store.remove("drafts", latest.id)));
  part(root, "drafts").replaceChildren(row);
}

async function start(root, phone) {
  const form = part(root, "entry");
  const from = startingPoint(phone, { mode, target });
  if (!from) {
    location.replace(mode === "amend" ? `/entries/${target}` : "/phone");
    return;
  }
  form.dataset.draft = asked.get("first") ? `${form.dataset.kind}?first=${asked.get("first")}` : form.dataset.kind;
  offerDuties(root, form, phone.briefing, await duty(phone));
  narrowCapacity(form, phone.briefing);
  startSearch(root, phone);
  chooseLaw(form, asked.get("law"));
  form.elements.opened_at.value = utcText(Date.now());
  let id = from.row?.id ?? newId();
  if (from.fields) fill(form, from.fields);
  if (mode === "amend" || from.row?.type === "amendment") part(root, "reason").hidden = false;
  if (mode === "amend") root.querySelector("h1").textContent = `Amend ${form.elements.place?.value || form.dataset.title}`;
  if (from.row) showProblems(part(root, "problems"), form, "fieldlog could not take this yet", from.row.said ?? []);

  const open = (one) => keepDraft(form, { store: phone.store, who: phone.who, id: one, kind: form.dataset.draft, title: form.dataset.title });
  let draft = null;
  if (mode === "new") {
    hold(id);
    draft = open(id);
    await offerDraft(root, form, phone, async (kept) => {
      if (!(await hold(kept.id))) return false;
      draft.stop();
      id = kept.id;
      draft = open(id);
      fill(form, kept.fields);
      return true;
    });
  }
  const gate = onceGate();
  const button = form.querySelector("[data-sending]");
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (!gate.enter()) return;
    draft?.stop();
    try {
      await save(phone, form, from, id, button);
    } catch (error) {
      gate.release();
      draft = mode === "new" ? open(id) : null;
      button.textContent = "Save";
      showProblems(part(root, "problems"), form, "Not saved", [{ message: error.message }]);
    }
  });
  button.disabled = false;
}

async function save(phone, form, from, id, button) {
  const now = Date.now();
  const fields = fieldsOf(form);
  const shown = { ...shownOf(form, fields, form.dataset.title), kind: form.dataset.kind, undo: mode === "new" && form.dataset.undo === "yes" };
  let saved = id;
  if (from.row) {
    await mend(phone.store, phone.who, from.row, fields, { shown });
  } else if (mode === "amend") {
    saved = newId();
    const said = { id: saved, type: "amendment", entryId: from.entryId, after: from.after, fields };
    await confirmOnce(phone.store, phone.who, said, { shown: { ...shown, counts: {} }, now });
  } else {
    const said = { id, type: "entry", kind: form.dataset.kind, fields };
    const { other, row } = await confirmOnce(phone.store, phone.who, said, { shown, draft: id, now });
    if (other) throw new Error(`This form was saved from another window at ${saysTime(row.captured_at)} and said something else. Open it in My entries to amend it.`);
  }
  button.textContent = `Saved on this phone ${saysTime(now)}`;
  document.documentElement.dataset.saved = saved;
  phone.channel.postMessage({ changed: true });
  location.assign(`/tonight?saved=${saved}`);
}

if (typeof document !== "undefined") openShell(document).then((phone) => phone && start(document, phone));
