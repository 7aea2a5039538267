/** The form of an entry, from this phone: to be logged, amended, or mended after the server refused it. */
import { keptPremises } from "./briefing.js";
import { discard, fieldsOf, fill, hold, keepDraft, offered, untouched } from "./drafts.js";
import { shownOf } from "./entry_gist.js";
import { offerTasks } from "./fitting.js";
import { showProblems } from "./form_problems.js";
import { copies, copyOf, onSubmit, part, show, worded } from "./marked.js";
import { saysTime, utcText } from "./moments.js";
import { confirm, mend } from "./outbox.js";
import { startingPoint } from "./own_entry.js";
import { startPhotos } from "./photos.js";
import { startPremisesSearch } from "./premises_search.js";
import { register } from "./premises_register.js";
import { sealer } from "./seal.js";
import { duty, openShell } from "./shell.js";
import { NotKept } from "./store.js";

const [, mode = "new", target = ""] = location.pathname.match(/^\/phone\/(amend|mend)\/[a-z-]+\/([0-9a-f-]{36})$/) ?? [];
const asked = new URLSearchParams(location.search);

function offerDuties(briefing, { chosen, ask }) {
  const duties = [...(briefing?.deployments ?? []), { id: "none", label: "No operation" }];
  const where = ask ? "ask-duty" : "other-duty";
  const wanted = String(chosen?.id ?? (ask ? "" : "none"));
  const choices = copies("duty", duties);
  for (const [index, { children: [input, label] }] of choices.entries()) {
    input.id = label.htmlFor = `deployment-${index}`;
    input.defaultChecked = input.value === wanted;
  }
  show({ [where]: [copyOf("duties", { choices })] });
  part(where).hidden = duties.length < 2;
}

function narrowCapacity(form, { not_own = [] }) {
  const own = not_own.includes(form.dataset.kind) && form.querySelector("input[name=capacity][value=own]");
  if (own) own.closest(".choice").remove();
}

function chooseLaw(form, code) {
  const law = code && form.querySelector(`input[name=law][value="${CSS.escape(code)}"]`);
  if (!law) return;
  law.click();
  // What the address chose is what the form opens with, and no draft of anybody's.
  law.defaultChecked = true;
  form.elements.amount.defaultValue = form.elements.amount.value;
}

/** What was typed into this form before, if no other page has it open; it is held on to. */
async function keptDraft({ store, who }) {
  const id = target || asked.get("draft");
  const draft = (await offered(store, who, Date.now())).find((one) => one.id === id);
  return draft && (await hold(id)) ? draft : null;
}

/** Carry on with what was typed before; it can be thrown away, and `stop` says that nothing is kept any more. */
function carryOn(form, { store }, { id, at, place, fields }, stop) {
  fill(form, fields);
  const row = copyOf("draft", { time: saysTime(at), place: place && `: ${place}` });
  row.lastElementChild.onclick = async () => {
    stop();
    await discard(store, id);
    asked.delete("draft");
    location.search = asked;
  };
  show({ drafts: [row] });
}

/** Fill the form with what it starts from, and with what the briefing has for it. */
async function prepare(form, phone, { fields, row }) {
  const { store, who, briefing } = phone;
  offerDuties(briefing, await duty(phone));
  narrowCapacity(form, who.officer);
  startPremisesSearch(document, keptPremises(store, who).then((list) => register(list, briefing?.known)), 0);
  chooseLaw(form, asked.get("law"));
  offerTasks(form, briefing?.tasks, asked.get("task"));
  form.elements.opened_at.value = utcText(Date.now());
  if (fields) fill(form, fields);
  show({ reason: mode === "amend" || row?.type === "amendment" });
  if (mode === "amend") document.querySelector("h1").textContent = `Amend ${form.elements.place?.value || form.dataset.title}`;
  if (row) showProblems(form, "refused", row.said ?? []);
}

export async function start(phone) {
  const form = part("entry");
  const { store, who } = phone;
  const from = startingPoint(phone, { mode, target });
  if (!from) {
    location.replace(mode === "amend" ? `/entries/${target}` : "/phone");
    return;
  }
  await prepare(form, phone, from);
  const before = target ? fieldsOf(form) : untouched(form);
  const photos = target ? null : startPhotos(form, phone);
  const draft = await keptDraft(phone);
  const id = draft?.id ?? (target || crypto.randomUUID());
  // An entry has the id of the form that it was; an amendment is one of several.
  const amendment = mode === "amend" && crypto.randomUUID();
  const ready = sealer(amendment || id, who.server);
  const title = `${target && "Amend "}${form.dataset.title}`;
  let stop;
  const watch = () => {
    stop = keepDraft(form, { store, who, id, title, href: `${location.pathname}?${asked}`, before });
  };
  if (draft) carryOn(form, phone, draft, () => stop());
  else hold(id);
  if (!target) asked.set("draft", id);
  photos?.open(id);
  watch();
  delete document.documentElement.dataset.filling;
  // What a link asks to be completed; it could not take the focus before.
  document.getElementById(location.hash.slice(1))?.focus();
  const button = form.querySelector("[data-sending]");
  let busy = false;
  onSubmit(form, async () => {
    if (busy) return;
    busy = true;
    stop();
    try {
      await save({ ...phone, who: phone.who ?? who }, form, from, { id: amendment || id, draft: id, ready, photos: await photos?.list() });
    } catch (error) {
      busy = false;
      watch();
      if (error instanceof NotKept) photos?.offerWithout();
      showProblems(form, "unsaved", [{ message: error.message }]);
    }
  });
  button.disabled = false;
}

async function save({ store, who, channel }, form, { row, after }, { id, draft, ready, photos }) {
  const now = Date.now();
  const fields = fieldsOf(form);
  const { kind, title, undo } = form.dataset;
  const shown = { ...shownOf(form, fields, title), kind, undo: mode === "new" && undo === "yes" };
  const amended = mode === "amend" && { type: "amendment", entry_id: target, after };
  if (amended) shown.counts = {};
  const said = { id, fields, ...(amended || { type: "entry", kind }) };
  const kept = await (row ? mend(store, who, row, fields, { shown }) : confirm(store, who, said, { shown, draft, now, ready, photos }));
  if (kept.other) throw new Error(worded(form, "other", saysTime(kept.captured_at)));
  if (row) await discard(store, draft);
  form.querySelector("[data-sending]").textContent = `Saved on this phone ${saysTime(now)}`;
  channel.postMessage({ changed: true });
  // In its own time: to leave a page takes longer than to keep an entry. Nobody comes back to a form that is saved.
  setTimeout(() => location.replace(`/tonight?saved=${id}`));
}

openShell().then((phone) => phone && start(phone));
