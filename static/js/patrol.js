/** The patrol strip of Tonight: start, pause, resume, finish and take that back, with or without signal. */
import { copies, onSubmit, part, show } from "./marked.js";
import { saysTime } from "./moments.js";
import { stands } from "./outbox.js";
import { duty } from "./shell.js";

const HOLD = 800;
const SAYS = { pause: ", paused", finish: ", finished" };

/** The latest patrol by this phone's clock, {id, last, since, length}; null where there is none. */
export function patrolNow(briefing, rows, now) {
  const told = briefing?.patrol ?? [];
  const here = rows.filter((row) => row.type === "patrol" && stands(row) && row.kept)
    .map(({ kept: { record } }) => ({ ...record.fields, id: record.id, at: record.captured_at }))
    .filter(({ id }) => !told.some((one) => one.id === id));
  const standing = [...told, ...here].filter((one, _, all) => one.event !== "undo" && !all.some((other) => other.undoes === one.id));
  const start = standing.filter((one) => one.event === "start").at(-1);
  if (!start) return null;
  const events = standing.filter((one) => one === start || one.patrol === start.id);
  let length = 0;
  let out;
  for (const { event, at } of [...events, { at: now }]) {
    if (out) length += new Date(at) - out;
    out = /start|resume/.test(event) && new Date(at);
  }
  return { id: start.id, last: events.at(-1), since: start.at, length };
}

/** `2 h 10` */
export function saysLength(length) {
  const minutes = Math.floor(Math.max(0, length) / 60_000);
  return `${Math.floor(minutes / 60)} h ${String(minutes % 60).padStart(2, "0")}`;
}

export function startPatrol(phone) {
  const [start, going, told] = ["start", "going", "told"].map((name) => part(`patrol-${name}`));
  const { finish } = going.elements;
  let patrol, timer;

  const draw = () => {
    patrol = patrolNow(phone.briefing, phone.rows, Date.now());
    const { event = "close", at } = patrol?.last ?? {};
    const over = event === "finish" || event === "close";
    show({
      "patrol-start": over, "patrol-going": !over || (event === "finish" && Date.now() - Date.parse(at) < going.dataset.undo * 1_000),
      "patrol-words": patrol && `Patrol ${saysTime(patrol.since)} → ${saysLength(patrol.length)}${SAYS[event] ?? ""}`,
    });
    // Which buttons there are follows from the state in the style sheet.
    going.dataset.state = event;
  };
  const keep = async (fields) => {
    told.textContent = finish.dataset.sure = "";
    await phone.keep({ type: "patrol", fields }, { title: `Patrol: ${fields.event}` }).catch((error) => { told.textContent = error.message; });
  };
  const happen = (event) => keep({ event, patrol: patrol.id, ...(event === "undo" && { undoes: patrol.last.id }) });

  finish.onpointerdown = () => { timer = setTimeout(() => happen("finish"), HOLD); };
  finish.onpointerup = finish.onpointerleave = finish.onpointercancel = () => clearTimeout(timer);
  onSubmit(going, ({ submitter: button }) => {
    if (button !== finish || finish.dataset.sure) happen(button.name);
    else [finish.dataset.sure, told.textContent] = ["yes", told.dataset.hold];
  });
  onSubmit(start, async ({ submitter }) => {
    const said = new FormData(start);
    const [fold] = start.children;
    // Shut at once: a second tap starts nothing.
    if (!fold.open) return;
    fold.open = false;
    const deployment = String((await duty(phone)).chosen?.id ?? "none");
    await keep({ ...Object.fromEntries(said), event: "start", mode: submitter.value, deployment, members: said.getAll("members").join(" ") });
  });
  duty(phone).then(({ chosen }) => {
    const { crew = [], hotspots = [] } = chosen ?? {};
    part("patrol-crew").append(...copies("member", crew.map(([id, name]) => ({ id, name }))));
    part("patrol-hotspot").append(...hotspots.map(([id, name]) => new Option(name, id)));
  });
  phone.onChange(draw);
  setInterval(draw, 15_000);
}
