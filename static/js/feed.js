/** The officer's entries of the night: what the server has, and on top what is on this phone. */
import { copies, copyOf, show } from "./marked.js";
import { saysTime } from "./moments.js";
import { UNSENT, isPhoto, toldOf } from "./outbox.js";
import { stateOf } from "./states.js";

const SENT = { label: "Sent", tone: "good" };
export const DONE = { amendment: "Amended", strike: "Struck", undo: "Undone" };

function fromServer(entry) {
  const { id, time, place, kind, struck, amended } = entry;
  const state = entry.received_at ? { label: `Sent ${saysTime(entry.received_at)}`, tone: "good" } : SENT;
  const states = struck ? [{ label: "Struck", tone: "plain" }] : [state];
  if (amended) states.push({ label: "Amended", tone: "plain" });
  return { id, at: entry.happened_at, time, title: place || kind, line: entry.line ?? "", states, struck, why: "", note: (entry.doubts ?? []).join(" "), href: `/phone/entry/${id}`, add: entry.to_add && [entry.to_add[0], `/phone/amend/${entry.kind_code}/${id}#${entry.to_add[1]}`] };
}

function fromPhone(row, sending) {
  const { shown, record } = row.kept ?? {};
  const time = saysTime(row.captured_at);
  if (!row.kept) {
    return { id: row.id, at: row.captured_at, time, title: "Sealed entry", line: "It cannot be read on this phone any more. It is sent all the same.", states: [stateOf(row, sending)], why: "", href: "/phone" };
  }
  return {
    id: row.id, at: row.captured_at, time: shown.time ?? time, title: shown.title ?? DONE[row.type], line: shown.line ?? "",
    states: [stateOf(row, sending)], struck: false, why: whyOf(row),
    href: row.type === "patrol" ? "/tonight" : row.state === "rejected" && record.kind ? mending(record.kind, row) : `/phone/entry/${row.entry_id ?? row.id}`,
  };
}

const mending = (kind, row) => `/phone/mend/${kind}/${row.id}`;

function whyOf(row) {
  return (row.said ?? []).map((problem) => problem.message).join(" ");
}

/**
 * Lines of the feed, the latest first. `rows` are this phone's records with what they say (`kept`) and
 * what the server said of them (`said`); `sending` the ids that are on their way.
 */
export function lines(rows, briefing, sending = new Set()) {
  const known = new Map((briefing?.entries ?? []).map((entry) => [entry.id, entry]));
  const changed = new Set(rows.map((row) => row.entry_id));
  // Of the night before, what this phone has just changed is shown; the rest is on that night's own page.
  const shown = [...known.values()].filter((entry) => entry.night_of === briefing.night || changed.has(entry.id));
  const found = new Map(shown.map((entry) => [entry.id, fromServer(entry)]));
  // What the server has and this phone cannot read any more is no news.
  const fresh = rows.filter((row) => !toldOf(row, briefing?.made_at ?? "") && !(briefing && row.type === "patrol") && (row.kept || !/stored$/.test(row.state)));
  for (const row of fresh) {
    if (!row.entry_id && !known.has(row.id)) found.set(row.id, fromPhone(row, sending));
  }
  for (const row of fresh) {
    if (!row.entry_id || isPhoto(row)) continue;
    // A change of an entry that is not on this phone any more stands for itself.
    const line = found.get(row.entry_id) ?? fromPhone(row, sending);
    found.set(row.entry_id, line);
    const state = stateOf(row, sending);
    const refused = row.state === "rejected";
    line.states = refused ? [state] : [{ label: DONE[row.type], tone: "plain" }, state];
    line.struck ||= row.type !== "amendment" && !refused;
    line.why = whyOf(row);
    line.add = null;
    if (row.type === "amendment" && row.kept) {
      const { title, line: text, time } = row.kept.shown;
      Object.assign(line, { title, line: text ?? line.line, time: time ?? line.time });
      const kind = row.kept.shown.kind ?? known.get(row.entry_id)?.kind_code;
      if (refused && kind) line.href = mending(kind, row);
    }
  }
  addPhotos(found, fresh, sending);
  return [...found.values()].sort((one, other) => (one.at < other.at ? 1 : -1));
}

/** Tell of photos that are still to be sent, and of those that the server did not take. */
function addPhotos(found, rows, sending) {
  const count = {};
  for (const row of rows.filter((one) => isPhoto(one) && !/stored$/.test(one.state))) {
    const { entry_id: id } = row;
    if (!found.has(id)) found.set(id, { ...fromPhone(row, sending), id, states: [], href: `/entries/${id}` });
    const { states } = found.get(id);
    if (UNSENT.has(row.state)) count[id] = (count[id] ?? 0) + 1;
    else states.push({ label: "Photo with the coordinator", tone: "warn" });
  }
  for (const [id, number] of Object.entries(count)) {
    found.get(id).states.push({ label: `${number} photo${number > 1 ? "s" : ""} to send`, tone: "warn" });
  }
}

/** How much this phone adds to the server's count of each measure: {code: number}. */
export function counted(rows, briefing) {
  const more = {};
  for (const row of rows) {
    if (row.state === "rejected" || toldOf(row, briefing?.made_at ?? "")) continue;
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
  const { add, why, states } = line;
  const more = add ? [". ", copyOf("add", { words: add[0], href: add[1] })] : [];
  const text = line.line ? [line.line, ...more] : [];
  const item = copyOf("entry", { ...line, name: [nameOf(line)], states: copies("state", states), text, note: why ? "" : line.note });
  item.classList.toggle("feed__row--struck", Boolean(line.struck));
  return item;
}

/** Draw the feed of a page; a row that has the focus keeps it. */
export function drawFeed(all) {
  const list = document.querySelector("[data-phone=feed]");
  const focused = document.activeElement?.closest?.("[data-phone=feed] a")?.getAttribute("href");
  const feed = all.slice(0, Number(list.dataset.most) || all.length).map(drawn);
  show({ feed, "feed-empty": !feed.length });
  if (focused) list.querySelector(`a[href="${CSS.escape(focused)}"]`)?.focus();
}
