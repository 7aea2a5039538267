/** Tonight, from this phone: what was saved a moment ago, half-filled forms, the last entries. */
import { offered } from "./drafts.js";
import { drawFeed, takenBack } from "./feed.js";
import { startInstallHint } from "./install_hint.js";
import { copies, onSubmit, part, show, worded } from "./marked.js";
import { saysTime } from "./moments.js";
import { isUnsent } from "./outbox.js";
import { startPatrol } from "./patrol.js";
import { chooseDuty, duty, openShell } from "./shell.js";
import { forYou, myTasks } from "./tasks.js";
import { startUpdate } from "./update.js";

const UNDO_LASTS = 12_000;
const asked = new URLSearchParams(location.search);

/** The words about what was saved: on this phone until the server has it. */
export function savedWords(row) {
  const done = isUnsent(row) ? `Saved on this phone ${saysTime(row.captured_at)}` : `Sent ${saysTime(row.received_at)}`;
  return [done, row.kept?.shown.title].filter(Boolean).join(" · ");
}

function startSaved(phone) {
  const form = part("saved");
  const button = form.querySelector("button");
  const id = asked.get("saved");
  const find = () => phone.rows.find((row) => row.id === id);
  const row = find();
  let words, undone;
  button.hidden = !(row?.kept?.shown.undo && Date.now() - Date.parse(row.captured_at) < UNDO_LASTS);
  onSubmit(form, async () => {
    button.hidden = true;
    try {
      await phone.keep({ type: "undo", entry_id: id }, { counts: takenBack(row) });
      undone = true;
      show({ saved: worded(form, "undone") });
    } catch (error) {
      button.hidden = false;
      show({ saved: `Not undone. ${error.message}` });
    }
  });
  phone.onChange(() => {
    if (undone) return;
    const now = find();
    if (now) words = savedWords(now);
    button.hidden ||= now?.state === "rejected";
    // What looks odd is known once the server has it and the phone has asked again.
    show({ saved: words, doubts: phone.briefing?.entries.find((one) => one.id === id)?.note });
  });
}

async function startDuties(phone) {
  const form = part("choose-duty");
  const { tonight, chosen, ask } = await duty(phone);
  const some = tonight.length > 0;
  show({
    "choose-duty": ask || (asked.has("choose") && some), "nothing-planned": !some,
    "change-duty": tonight.length > 1 || (some && !chosen), duties: copies("duty", tonight),
  });
  onSubmit(form, async ({ submitter }) => {
    await chooseDuty(phone, submitter.value);
    location.replace("/tonight");
  });
}

async function showDrafts({ store, who }) {
  const drafts = (await offered(store, who, Date.now())).slice(0, 3);
  show({ drafts: copies("draft", drafts.map((one) => ({
    ...one, time: saysTime(one.at), about: [one.title, one.place].filter(Boolean).join(", "),
  }))) });
}

async function start() {
  const phone = await openShell(drawFeed);
  if (!phone) return;
  startSaved(phone);
  startDuties(phone);
  showDrafts(phone);
  startPatrol(phone);
  phone.onChange(() => show({ "for-you": forYou(myTasks(phone)) }));
  startUpdate(phone);
  startInstallHint(phone);
}

start();
