/** The tally, from this phone: each tap is a record of its own, and the last one can be taken back. */
import { counted, takenBack } from "./feed.js";
import { newId } from "./ids.js";
import { saysTime } from "./moments.js";
import { confirm } from "./outbox.js";
import { duty, openShell, part } from "./shell.js";

const UNDO_SHOWN = 10_000;
const IN_SIGHT = 6;
const whole = new Intl.NumberFormat("en-GB");

/** A count with its unit, as the server writes it. */
export function amount(unit, value) {
  if (unit === "grams") return `${whole.format(value)} g`;
  if (unit !== "pence") return whole.format(value);
  const pounds = new Intl.NumberFormat("en-GB", { style: "currency", currency: "GBP", minimumFractionDigits: value % 100 ? 2 : 0 });
  return pounds.format(value / 100);
}

function draw(root, phone) {
  const more = counted(phone.rows, phone.briefing);
  const tiles = phone.briefing?.tiles ?? [];
  const template = root.querySelector("template[data-row=tile]");
  const forms = [part(root, "tiles"), part(root, "more-tiles").querySelector("form")];
  for (const tile of tiles) {
    let button = root.querySelector(`button[name=tap][value="${CSS.escape(tile.code)}"]`);
    if (!button) {
      button = template.content.firstElementChild.cloneNode(true);
      button.value = tile.code;
      forms[forms[0].children.length < IN_SIGHT ? 0 : 1].append(button);
    }
    button.querySelector(".tally__label").textContent = tile.label;
    button.querySelector(".tally__value").textContent = amount(tile.unit, tile.value + (more[tile.code] ?? 0));
    button.querySelector(".tally__step").textContent = `+${amount(tile.unit, tile.step)}`;
  }
  part(root, "more-tiles").hidden = tiles.length <= IN_SIGHT;
}

function startTaps(root, phone) {
  const row = part(root, "last-tap");
  const words = row.querySelector("[role=status]");
  const undo = row.querySelector("button");
  let last = null;
  let hiding;

  const keep = async (said, shown, text) => {
    const now = Date.now();
    try {
      await confirm(phone.store, phone.who, said, { shown, now });
    } catch (error) {
      words.textContent = error.message;
      return;
    }
    words.textContent = text(now);
    last = said.type === "tap" ? { id: said.id, shown } : null;
    undo.hidden = !last;
    clearTimeout(hiding);
    hiding = setTimeout(() => { undo.hidden = true; }, UNDO_SHOWN);
    await phone.changed();
    phone.send();
  };
  const tap = async (event) => {
    event.preventDefault();
    const tile = phone.briefing.tiles.find((one) => one.code === event.submitter?.value);
    if (!tile) return;
    const { chosen } = await duty(phone);
    const fields = { measure: tile.code, step: String(tile.step), deployment: String(chosen?.id ?? "none") };
    const shown = { title: tile.label, line: `+${amount(tile.unit, tile.step)}`, counts: { [tile.code]: tile.step } };
    await keep({ id: newId(), type: "tap", fields }, shown, (now) => `Saved on this phone ${saysTime(now)}: ${shown.line} ${tile.label}`);
  };
  for (const form of [part(root, "tiles"), part(root, "more-tiles").querySelector("form")]) form.addEventListener("submit", tap);
  row.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (!last) return;
    await keep({ id: newId(), type: "undo", entryId: last.id }, { counts: takenBack({ kept: last }) }, () => "Undone.");
  });
}

if (typeof document !== "undefined") {
  openShell(document, (phone) => draw(document, phone)).then((phone) => phone && startTaps(document, phone));
}
