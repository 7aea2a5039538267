/** The tally, from this phone: each tap is a record of its own, and the last one can be taken back. */
import { counted, takenBack } from "./feed.js";
import { copyOf, onSubmit, part, put } from "./marked.js";
import { saysTime } from "./moments.js";
import { newId } from "./outbox.js";
import { duty, openShell } from "./shell.js";

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

const forms = () => [part("tiles"), part("more-tiles").querySelector("form")];

function draw(phone) {
  const more = counted(phone.rows, phone.briefing);
  const [first, rest] = forms();
  const tiles = phone.briefing?.tiles ?? [];
  for (const { code, label, unit, value, step } of tiles) {
    let tile = document.querySelector(`button[name=tap][value="${CSS.escape(code)}"]`);
    if (!tile) {
      tile = copyOf("tile", { code });
      (first.children.length < IN_SIGHT ? first : rest).append(tile);
    }
    const said = [label, amount(unit, value + (more[code] ?? 0)), `+${amount(unit, step)}`];
    said.forEach((text, index) => put(tile.children[index], text));
  }
  part("more-tiles").hidden = tiles.length <= IN_SIGHT;
}

function startTaps(phone) {
  const row = part("last-tap");
  const words = row.querySelector("[role=status]");
  const undo = row.querySelector("button");
  let last = null;
  let hiding;

  const keep = async (said, shown, text) => {
    try {
      await phone.keep(said, shown, () => {
        words.textContent = text;
        last = said.type === "tap" ? { id: said.id, shown } : null;
        undo.hidden = !last;
        clearTimeout(hiding);
        hiding = setTimeout(() => { undo.hidden = true; }, UNDO_SHOWN);
      });
    } catch (error) {
      words.textContent = error.message;
    }
  };
  for (const form of forms()) {
    onSubmit(form, async ({ submitter }) => {
      const tile = phone.briefing.tiles.find((one) => one.code === submitter?.value);
      if (!tile) return;
      const { chosen } = await duty(phone);
      const { code, label, unit, step } = tile;
      const fields = { measure: code, step: String(step), deployment: String(chosen?.id ?? "none") };
      const shown = { title: label, line: `+${amount(unit, step)}`, counts: { [code]: step } };
      await keep({ id: newId(), type: "tap", fields }, shown, `Saved on this phone ${saysTime(Date.now())}: ${shown.line} ${label}`);
    });
  }
  onSubmit(row, () => last && keep({ type: "undo", entryId: last.id }, { counts: takenBack({ kept: last }) }, "Undone."));
}

if (typeof document !== "undefined") openShell(draw).then((phone) => phone && startTaps(phone));
