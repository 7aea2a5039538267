/** Tonight, from this phone: what was saved a moment ago, half-filled forms, the last entries. */
import { offered } from "./drafts.js";
import { drawFeed, lines, takenBack } from "./feed.js";
import { newId } from "./ids.js";
import { startInstallHint } from "./install_hint.js";
import { saysTime } from "./moments.js";
import { confirm } from "./outbox.js";
import { startPatrol } from "./patrol.js";
import { chooseDuty, duty, openShell, part } from "./shell.js";
import { showForYou } from "./tasks.js";
import { startUpdate } from "./update.js";

const UNDO_SHOWN = 10_000;
const asked = new URLSearchParams(globalThis.location?.search);

/** The words about what was saved: on this phone until the server has it. */
export function savedWords(row) {
  const { title } = row.kept?.shown ?? {};
  const done = row.state === "waiting" || row.state === "rejected" ? `Saved on this phone ${saysTime(row.captured_at)}` : `Sent ${saysTime(row.received_at)}`;
  return title ? `${done} · ${title}` : done;
}

function startSaved(root, phone) {
  const form = part(root, "saved");
  const words = form.querySelector("[role=status]");
  const button = form.querySelector("button");
  const id = asked.get("saved");
  const odd = part(root, "doubts");
  const find = () => phone.rows.find((row) => row.id === id);
  const show = () => {
    const now = find();
    if (form.dataset.undone) return;
    if (now) words.textContent = savedWords(now);
    form.hidden = !words.textContent;
    // What looks odd is known once the server has it and the phone has asked again.
    const { doubts = [] } = phone.briefing?.entries.find((one) => one.id === id) ?? {};
    odd.textContent = doubts.join(" ");
    odd.hidden = !doubts.length;
  };
  const row = find();
  const fresh = row && Date.now() - Date.parse(row.captured_at) < UNDO_SHOWN + 2_000;
  button.hidden = !(fresh && row.kept?.shown.undo && row.state !== "rejected");
  if (!button.hidden) setTimeout(() => { if (document.activeElement !== button) button.hidden = true; }, UNDO_SHOWN);
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    button.hidden = true;
    await confirm(phone.store, phone.who, { id: newId(), type: "undo", entryId: id }, { shown: { counts: takenBack(row) }, now: Date.now() });
    form.dataset.undone = "yes";
    words.textContent = "Undone. The entry is struck out and counts nowhere.";
    await phone.changed();
    phone.send();
  });
  phone.onChange(show);
}

async function startDuties(root, phone) {
  const form = part(root, "choose-duty");
  const { tonight, chosen, ask } = await duty(phone);
  form.hidden = !(ask || (asked.has("choose") && tonight.length));
  part(root, "nothing-planned").hidden = tonight.length > 0;
  part(root, "change-duty").hidden = !tonight.length || (tonight.length === 1 && Boolean(chosen));
  part(root, "duties").replaceChildren(...tonight.map((one) => {
    const button = Object.assign(document.createElement("button"), { name: "deployment", value: one.id, textContent: one.label });
    button.className = "govuk-button govuk-button--secondary";
    return button;
  }));
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    await chooseDuty(phone, event.submitter.value);
    location.replace("/tonight");
  });
}

async function showDrafts(root, phone) {
  const drafts = await offered(phone.store, phone.who, Date.now());
  part(root, "drafts").replaceChildren(...drafts.slice(0, 3).map((draft) => {
    const row = document.createElement("p");
    row.className = "notice";
    const link = Object.assign(document.createElement("a"), {
      className: "govuk-link", href: draft.href, textContent: "Carry on",
    });
    row.append(`Half-filled from ${saysTime(draft.at)}: ${[draft.title, draft.place].filter(Boolean).join(", ")}. `, link);
    return row;
  }));
}

async function start(root) {
  const phone = await openShell(root, (one) => drawFeed(root, lines(one.rows, one.briefing, one.sending)));
  if (!phone) return;
  startSaved(root, phone);
  startDuties(root, phone);
  showDrafts(root, phone);
  startPatrol(root, phone);
  phone.onChange(() => showForYou(root, phone));
  startUpdate(root, phone);
  startInstallHint(root, phone);
}

if (typeof document !== "undefined") start(document);
