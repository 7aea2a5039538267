/** The form of an entry, from this phone: to be logged, amended, or mended after the server refused it. */
import { keptPremises } from "./briefing.js";
import { discard, fieldsOf, fill, hold, keepDraft, offered, untouched } from "./drafts.js";
import { shownOf } from "./entry_gist.js";
import { offerTasks } from "./fitting.js";
import { showProblems } from "./form_problems.js";
import { copies, copyOf, onSubmit, part, show, worded } from "./marked.js";
import { saysTime, utcText } from "./moments.js";
import { confirmOnce, mend, newId } from "./outbox.js";
import { startingPoint } from "./own_entry.js";
import { startPhotos } from "./photos.js";
import { startPremisesSearch } from "./premises_search.js";
import { register } from "./premises_register.js";
import { duty, openShell } from "./shell.js";
import { NotKept } from "./store.js";
import { onceGate } from "./submit_once.js";

const [, mode = "new", target = ""] = (globalThis.location?.pathname ?? "").match(/^\/phone\/(amend|mend)\/[a-z-]+\/([0-9a-f-]{36})$/) ?? [];
const asked = new URLSearchParams(globalThis.location?.search);

function offerDuties(briefing, { chosen, ask }) {
  const duties = [...(briefing?.deployments ?? []), { id: "none", label: "No operation" }];
  const where = ask ? "ask-duty" : "other-duty";
  const choices = copies("duty", duties);
  for (const [index, { children: [input, label] }] of choices.entries()) {
    input.id = label.htmlFor = `deployment-${index}`;
    input.defaultChecked = input.value === String(chosen?.id ?? (ask ? "" : "none"));
  }
  show({ [where]: [copyOf("duties", { choices })] });
  part(where).hidden = duties.length < 2;
}

function narrowCapacity(form, briefing) {
  if (!briefing?.officer.not_own?.includes(form.dataset.kind)) return;
  for (const input of form.querySelectorAll("input[name=capacity][value=own]")) input.closest(".choice").remove();
}

async function startSearch(phone) {
  startPremisesSearch(document, register(await keptPremises(phone.store, phone.who), phone.briefing?.known), 0);
}

function chooseLaw(form, code) {
  const law = code && form.querySelector(`input[name=law][value="${CSS.escape(code)}"]`);
  if (!law) return;
  law.click();
  // What the address chose is what the form opens with, and no draft of anybody's.
  law.defaultChecked = true;
  form.elements.amount.defaultValue = form.elements.amount.value;
}

async function offerDraft(form, { store, who }, id, use) {
  const all = await offered(store, who, Date.now());
  const wanted = all.find((one) => one.id === (target || id));
  const used = wanted && (await use(wanted));
  const latest = used && target ? wanted : all.find((one) => one.kind === form.dataset.draft);
  if (!latest || (used && !target)) return;
  const row = copyOf("draft", { time: saysTime(latest.at), place: latest.place && `: ${latest.place}` });
  const [, carryOn, throwAway] = row.children;
  carryOn.hidden = Boolean(target);
  carryOn.onclick = async () => { if (await use(latest)) row.remove(); };
  throwAway.onclick = async () => {
    await discard(store, latest.id);
    if (target) location.reload();
    row.remove();
  };
  show({ drafts: [row] });
}

async function start(phone) {
  const form = part("entry");
  const { kind, title } = form.dataset;
  const { store, who, briefing } = phone;
  const from = startingPoint(phone, { mode, target });
  if (!from) {
    location.replace(mode === "amend" ? `/entries/${target}` : "/phone");
    return;
  }
  form.dataset.draft = target ? mode : asked.get("first") ? `${kind}?first=${asked.get("first")}` : kind;
  offerDuties(briefing, await duty(phone));
  narrowCapacity(form, briefing);
  startSearch(phone);
  chooseLaw(form, asked.get("law"));
  offerTasks(form, briefing?.tasks, asked.get("task"));
  form.elements.opened_at.value = utcText(Date.now());
  let id = target || newId();
  if (from.fields) fill(form, from.fields);
  show({ reason: mode === "amend" || from.row?.type === "amendment" });
  if (mode === "amend") document.querySelector("h1").textContent = `Amend ${form.elements.place?.value || title}`;
  if (from.row) showProblems(form, "refused", from.row.said ?? []);

  const before = target ? fieldsOf(form) : untouched(form);
  const open = (one) => {
    if (!target) asked.set("draft", one);
    const href = `${location.pathname}?${asked}`;
    return keepDraft(form, { store, who, id: one, kind: form.dataset.draft, title: `${target && "Amend "}${title}`, href, before });
  };
  const wanted = asked.get("draft");
  if (!target) hold(id);
  let draft = open(id);
  const photos = target ? null : startPhotos(form, phone);
  photos?.open(id);
  await offerDraft(form, phone, wanted, async (kept) => {
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
  document.getElementById(location.hash.slice(1))?.focus();
  const gate = onceGate();
  const button = form.querySelector("[data-sending]");
  onSubmit(form, async () => {
    if (!gate.enter()) return;
    draft.stop();
    try {
      await save(phone, form, from, id, photos);
    } catch (error) {
      gate.release();
      draft = open(id);
      if (error instanceof NotKept) photos?.offerWithout();
      showProblems(form, "unsaved", [{ message: error.message }]);
    }
  });
  button.disabled = false;
}

async function save({ store, who, channel }, form, from, id, photos) {
  const now = Date.now();
  const taken = await photos?.list();
  const fields = fieldsOf(form);
  const { kind, title, undo } = form.dataset;
  const shown = { ...shownOf(form, fields, title), kind, undo: mode === "new" && undo === "yes" };
  let saved = id;
  if (from.row) {
    await mend(store, who, from.row, fields, { shown });
    await store.remove("drafts", id);
  } else if (mode === "amend") {
    saved = newId();
    const said = { id: saved, type: "amendment", entryId: from.entryId, after: from.after, fields };
    await confirmOnce(store, who, said, { shown: { ...shown, counts: {} }, draft: id, now });
  } else {
    const { other, row } = await confirmOnce(store, who, { id, type: "entry", kind, fields }, { shown, draft: id, now, photos: taken });
    if (other) throw new Error(worded(form, "other", saysTime(row.captured_at)));
  }
  form.querySelector("[data-sending]").textContent = `Saved on this phone ${saysTime(now)}`;
  document.documentElement.dataset.saved = saved;
  channel.postMessage({ changed: true });
  location.assign(`/tonight?saved=${saved}`);
}

if (typeof document !== "undefined") openShell().then((phone) => phone && start(phone));
