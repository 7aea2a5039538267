/** The officer's entries of the night: what the server has, and on top what is on this phone. */
import { copies, copyOf, part, show } from "./marked.js";
import { saysTime } from "./moments.js";
import { isPhoto, isStored, isUnsent, stands, toldOf } from "./outbox.js";
import { stateOf } from "./states.js";

export const DONE = { amendment: "Amended", strike: "Struck", undo: "Undone" };
const SEALED = { title: "Sealed entry", line: "It cannot be read on this phone any more. It is sent all the same." };

function hrefOf({ id, entry_id, type, state, kept }, kind) {
  if (!kept) return "/phone";
  if (type === "patrol") return "/tonight";
  if (type === "photo") return `/entries/${entry_id}`;
  return state === "rejected" && /entry|amendment/.test(type) && kind ? `/phone/mend/${kind}/${id}` : `/phone/entry/${entry_id ?? id}`;
}

/** A line for a record of this phone; `kind` is that of its form. */
function fromPhone(row, kind) {
  const { id, entry_id, type, captured_at: at, kept } = row;
  const { title = DONE[type], line, time = saysTime(at) } = kept ? kept.shown : SEALED;
  return { id: entry_id ?? id, at, time, title, line, states: [], href: hrefOf(row, kind) };
}

/** Say on the line of an entry what was done about it since. */
function change(line, row, kind) {
  const { refused } = line;
  const { type, kept } = row;
  line.states = refused ? [] : [{ label: DONE[type], tone: "plain" }];
  line.struck ||= type !== "amendment" && !refused;
  line.add = null;
  if (type !== "amendment" || !kept) return;
  const { title, line: text = line.line, time = line.time } = kept.shown;
  Object.assign(line, { title, line: text, time });
  if (refused) line.href = hrefOf(row, kind);
}

/**
 * Lines of the feed, the latest first. `rows` are this phone's records with what they say (`kept`) and
 * what the server said of them (`said`); `sending` the ids that are on their way.
 */
export function lines(rows, briefing, sending = new Set()) {
  const { entries = [], night, made_at = "" } = briefing ?? {};
  const known = new Map(entries.map((entry) => [entry.id, entry]));
  const changed = new Set(rows.map((row) => row.entry_id));
  // Of the night before, what this phone has just changed is shown; the rest is on that night's own page.
  const shown = entries.filter(({ id, night_of }) => night_of === night || changed.has(id));
  const found = new Map(shown.map((entry) => [entry.id, { ...entry, states: [...entry.states] }]));
  // What the server has and this phone cannot read any more is no news.
  const fresh = rows.filter((row) => !toldOf(row, made_at) && !(briefing && row.type === "patrol") && (row.kept || !isStored(row)));
  for (const row of fresh) {
    const { entry_id, said } = row;
    const id = entry_id ?? row.id;
    const kind = row.kept?.shown.kind ?? known.get(entry_id)?.kind_code;
    if (!entry_id && known.has(id)) continue;
    // A change of an entry that is not on this phone any more stands for itself.
    const line = found.get(id) ?? fromPhone(row, kind);
    found.set(id, line);
    // What needs attention stays in sight, whatever was done since.
    if (isPhoto(row) || line.refused) continue;
    line.refused = row.state === "rejected";
    if (entry_id) change(line, row, kind);
    line.states.push(stateOf(row, sending));
    line.why = (said ?? []).map((problem) => problem.message).join(" ");
  }
  const photos = fresh.filter((row) => isPhoto(row) && !isStored(row));
  for (const [id, line] of found) addPhotos(line, photos.filter((row) => row.entry_id === id));
  return [...found.values()].sort((one, other) => (one.at < other.at ? 1 : -1));
}

/** Tell of photos that are still to be sent, and of those that the server did not take. */
function addPhotos({ states }, photos) {
  const waiting = photos.filter(isUnsent).length;
  if (photos.length > waiting) states.push({ label: "Photo with the coordinator", tone: "warn" });
  if (waiting) states.push({ label: `${waiting} photo${waiting > 1 ? "s" : ""} to send`, tone: "warn" });
}

/** How much this phone adds to the server's count of each measure: {code: number}. */
export function counted(rows, briefing) {
  const more = {};
  const held = new Set(rows.filter((row) => !stands(row)).map((row) => row.id));
  for (const row of rows.filter(stands)) {
    if (held.has(row.entry_id) || toldOf(row, briefing?.made_at ?? "") || row.captured_at < briefing?.since) continue;
    for (const [code, value] of Object.entries(row.kept?.shown.counts ?? {})) more[code] = (more[code] ?? 0) + value;
  }
  return more;
}

/** What takes a record's counts back. */
export function takenBack(row) {
  return Object.fromEntries(Object.entries(row?.kept?.shown.counts ?? {}).map(([code, value]) => [code, -value]));
}

/** The name of a line; struck through where it is struck. */
export function nameOf({ struck, title }) {
  return struck ? Object.assign(document.createElement("s"), { textContent: title }) : document.createTextNode(title);
}

function drawn(line) {
  const { add, why, struck } = line;
  const text = [line.line, ...(add ? [". ", copyOf("add", add)] : [])];
  const item = copyOf("entry", { ...line, name: [nameOf(line)], states: copies("state", line.states), text: line.line && text, note: why ? "" : line.note });
  item.classList.toggle("feed__row--struck", Boolean(struck));
  return item;
}

/** Draw the feed of a page, or what of it is `wanted`. */
export function drawFeed({ rows, briefing, sending }, wanted = Boolean) {
  const most = Number(part("feed").dataset.most) || Infinity;
  const feed = lines(rows, briefing, sending).filter(wanted).slice(0, most).map(drawn);
  show({ feed, "feed-empty": !feed.length });
}
