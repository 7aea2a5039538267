/** One of my entries, from this phone: what it says and how it stands, to be amended or struck out. */
import { drawStates, nameOf, takenBack } from "./feed.js";
import { newId } from "./ids.js";
import { saysTime } from "./moments.js";
import { confirm, mend } from "./outbox.js";
import { entryOf, strikeOf } from "./own_entry.js";
import { copyOf, drawPairs, openShell, part } from "./shell.js";
import { onceGate } from "./submit_once.js";

const id = location.pathname.slice(-36);

function show(box, words) {
  box.hidden = !words;
  box.firstElementChild.textContent = words;
}

function draw(root, phone) {
  const entry = entryOf(phone, id, Date.now());
  if (!entry) {
    location.replace(`/entries/${id}`);
    return;
  }
  root.querySelector("h1").replaceChildren(nameOf(entry));
  drawStates(root, part(root, "states"), entry.states);
  show(part(root, "why"), entry.why);
  part(root, "notes").replaceChildren(...entry.notes.map((words) => Object.assign(copyOf(root, "note"), { textContent: words })));
  drawPairs(root, part(root, "rows"), entry.rows);
  drawPairs(root, part(root, "times"), entry.times);
  part(root, "versions").replaceChildren(...entry.versions.map(({ title, text }) => {
    const item = copyOf(root, "version");
    item.firstElementChild.textContent = title;
    item.lastElementChild.textContent = text;
    return item;
  }));
  const whole = part(root, "whole");
  whole.hidden = !entry.known;
  whole.firstElementChild.href = `/entries/${id}`;
  part(root, "strike").hidden = !entry.strike;
  const action = part(root, "action");
  action.hidden = !(entry.amend || entry.back);
  Object.assign(action.firstElementChild, entry.amend
    ? { href: entry.amend, textContent: entry.refused ? "Mend what was refused" : "Amend this entry" }
    : { href: `/entries/${id}/amend`, textContent: "Put this entry back" });
}

async function strike(phone, reason) {
  const { refused, title } = entryOf(phone, id, Date.now());
  const said = strikeOf(phone, id, reason);
  const shown = { title, counts: takenBack(phone.rows.find((row) => row.id === id)) };
  if (refused?.kept) await mend(phone.store, phone.who, refused, said.fields, { shown, type: said.type, after: said.after });
  else await confirm(phone.store, phone.who, { ...said, id: newId() }, { shown, now: Date.now() });
}

async function start(root) {
  const phone = await openShell(root, (one) => draw(root, one));
  if (!phone) return;
  const fold = part(root, "strike");
  const form = fold.querySelector("form");
  const gate = onceGate();
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (!gate.enter()) return;
    try {
      await strike(phone, form.elements.reason.value);
      show(part(root, "told"), `Struck out. Saved on this phone ${saysTime(Date.now())}.`);
      form.reset();
      await phone.changed();
      phone.send();
    } catch (error) {
      show(part(root, "told"), error.message);
    }
    gate.release();
  });
}

start(document);
