/** One of my entries, from this phone: what it says and how it stands, to be amended or struck out. */
import { nameOf, takenBack } from "./feed.js";
import { copies, copyOf, onSubmit, pairs, part, show, worded } from "./marked.js";
import { saysTime } from "./moments.js";
import { mend } from "./outbox.js";
import { entryOf, strikeOf } from "./own_entry.js";
import { openShell } from "./shell.js";

const id = location.pathname.slice(-36);

export function drawEntry(phone) {
  const entry = entryOf(phone, id, Date.now());
  if (!entry) {
    location.replace(`/entries/${id}`);
    return;
  }
  const { amend, back, known: whole, refused, strike, why, states, versions, notes, rows, times } = entry;
  const action = amend ? (refused ? "mend" : "amend") : back && "back";
  document.querySelector("h1").replaceChildren(nameOf(entry));
  show({
    why, strike, whole, rows: pairs(rows), times: pairs(times),
    states: copies("state", states), versions: copies("version", versions), notes: copies("note", notes.map((text) => ({ text }))),
    action: action ? [copyOf(action, { href: amend || `/entries/${id}/amend` })] : [],
  });
}

async function strikeOut(phone, reason) {
  const { refused, title } = entryOf(phone, id, Date.now());
  const said = strikeOf(phone, id, reason);
  const shown = { title, counts: takenBack(phone.rows.find((row) => row.id === id)) };
  const { store, who } = phone;
  const mended = refused?.kept && (await mend(store, who, refused, said.fields, { ...said, shown }));
  return mended && !mended.other ? phone.kept() : phone.keep(said, shown);
}

export function startStriking(phone) {
  const form = part("strike").querySelector("form");
  let busy = false;
  part("whole").firstElementChild.href = `/entries/${id}`;
  onSubmit(form, async () => {
    if (busy) return;
    busy = true;
    try {
      await strikeOut(phone, form.elements.reason.value);
      show({ told: worded(part("told"), "struck", saysTime(Date.now())) });
      form.reset();
    } catch (error) {
      show({ told: error.message });
    }
    busy = false;
  });
}

openShell(drawEntry).then((phone) => phone && startStriking(phone));
