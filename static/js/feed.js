/** The officer's entries of the night: what the server has, and on top what is on this phone. */
import { saysTime } from "./moments.js";
import { toldOf } from "./outbox.js";
import { stateOf } from "./states.js";

const SENT = { label: "Sent", tone: "good" };
const DONE = { amendment: "Amended", strike: "Struck", undo: "Undone" };

function fromServer(entry) {
  const { id, time, place, kind, struck, amended } = entry;
  const state = entry.received_at ? { label: `Sent ${saysTime(entry.received_at)}`, tone: "good" } : SENT;
  const states = struck ? [{ label: "Struck", tone: "plain" }] : [state];
  if (amended) states.push({ label: "Amended", tone: "plain" });
  return { id, at: entry.happened_at, time, title: place || kind, line: entry.line ?? "", states, struck, why: "", href: `/entries/${id}` };
}

function fromPhone(row, sending) {
  const { shown, record } = row.kept ?? {};
  const time = saysTime(row.captured_at);
  if (!row.kept) {
    return { id: row.id, at: row.captured_at, time, title: "Sealed entry", line: "It cannot be read on this phone any more. It is sent all the same.", states: [stateOf(row, sending)], why: "", href: "/phone" };
  }
  const mended = row.state === "rejected" && row.type === "entry" ? "mend" : "amend";
  return {
    id: row.id, at: row.captured_at, time: shown.time ?? time, title: shown.title, line: shown.line ?? "",
    states: [stateOf(row, sending)], struck: false, why: whyOf(row),
    href: record.kind ? `/phone/${mended}/${record.kind}/${row.id}` : "/entries/mine",
  };
}

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
  const fresh = rows.filter((row) => !toldOf(row, briefing?.made_at ?? ""));
  for (const row of fresh) {
    if (!row.entry_id && !known.has(row.id)) found.set(row.id, fromPhone(row, sending));
  }
  for (const row of fresh) {
    const line = row.entry_id && found.get(row.entry_id);
    if (!line) continue;
    const state = stateOf(row, sending);
    line.states = [{ label: DONE[row.type], tone: "plain" }, state];
    line.struck = row.type === "amendment" ? line.struck : true;
    line.why = whyOf(row);
    if (row.type === "amendment" && row.kept) {
      const { title, line: text, time } = row.kept.shown;
      Object.assign(line, { title, line: text ?? line.line, time: time ?? line.time });
      if (row.state === "rejected") line.href = `/phone/mend/${row.kept.shown.kind}/${row.id}`;
    }
  }
  return [...found.values()].sort((one, other) => (one.at < other.at ? 1 : -1));
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

function drawn(templates, line) {
  const item = templates.entry.content.firstElementChild.cloneNode(true);
  const [time, link, states, text, why] = item.children;
  item.classList.toggle("feed__row--struck", Boolean(line.struck));
  time.textContent = line.time;
  link.href = line.href;
  if (line.struck) link.append(Object.assign(document.createElement("s"), { textContent: line.title }));
  else link.textContent = line.title;
  states.replaceChildren(...line.states.map(({ label, tone }) => {
    const tag = templates.state.content.firstElementChild.cloneNode(true);
    tag.classList.add(`state--${tone}`);
    tag.textContent = label;
    return tag;
  }));
  text.textContent = line.line;
  text.hidden = !line.line;
  why.textContent = line.why;
  why.hidden = !line.why;
  return item;
}

/** Draw the feed of a page; a row that has the focus keeps it. */
export function drawFeed(root, all) {
  const list = root.querySelector("[data-phone=feed]");
  if (!list) return;
  const templates = {
    entry: root.querySelector("template[data-row=entry]"), state: root.querySelector("template[data-row=state]"),
  };
  const focused = document.activeElement?.closest?.("[data-phone=feed] a")?.getAttribute("href");
  const shown = all.slice(0, Number(list.dataset.most) || all.length);
  list.replaceChildren(...shown.map((line) => drawn(templates, line)));
  list.hidden = shown.length === 0;
  root.querySelector("[data-phone=feed-empty]").hidden = shown.length > 0;
  if (focused) list.querySelector(`a[href="${CSS.escape(focused)}"]`)?.focus();
}
