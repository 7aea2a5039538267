/** The tally, from this phone: each tap is a record of its own, and the last one can be taken back. */
import { counted, takenBack } from "./feed.js";
import { copyOf, onSubmit, part, put } from "./marked.js";
import { saysTime } from "./moments.js";
import { duty, openShell } from "./shell.js";

const IN_SIGHT = 6;
const written = (value, options) => new Intl.NumberFormat("en-GB", options).format(value);

/** A count with its unit, as the server writes it. */
export function amount(unit, value) {
  if (unit === "pence") return written(value / 100, { style: "currency", currency: "GBP", minimumFractionDigits: value % 100 ? 2 : 0 });
  return unit === "grams" ? `${written(value)} g` : written(value);
}

const forms = () => [part("tiles"), part("more-tiles").querySelector("form")];

export function drawTiles({ rows, briefing }) {
  const more = counted(rows, briefing);
  const [first, rest] = forms();
  const tiles = briefing?.tiles ?? [];
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

export function startTaps(phone) {
  const row = part("last-tap");
  const words = row.querySelector("[role=status]");
  let last;

  const keep = async (said, shown, text) => {
    try {
      await phone.keep(said, shown);
      words.textContent = text;
      last = said.type === "tap" && { id: said.id, kept: { shown } };
      // Another button, for ten seconds of its own (css/records.css).
      const undo = row.querySelector("button");
      undo.replaceWith(undo.cloneNode(true));
      row.querySelector("button").hidden = !last;
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
      await keep({ id: crypto.randomUUID(), type: "tap", fields }, shown, `Saved on this phone ${saysTime(Date.now())}: ${shown.line} ${label}`);
    });
  }
  onSubmit(row, () => {
    const undone = last;
    last = null;
    return undone && keep({ type: "undo", entry_id: undone.id }, { counts: takenBack(undone) }, "Undone.");
  });
}

openShell(drawTiles).then((phone) => phone && startTaps(phone));
