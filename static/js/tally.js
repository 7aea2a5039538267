/** Taps of the tally without leaving the page: each tap has its own id, and is sent until answered. */

import { newId } from "./outbox.js";

export { newId };

const UNDO_SHOWN = 10_000;
const TRIES = 3;
const PAUSE = 1_500;

/** The measure of a tile, whose value is "measure id". */
export function measureOf(value) {
  return String(value).split(" ")[0];
}

/** Only an answer of the expected shape: a sign-in page of a pub's WiFi answers 200 as well. */
export function readState(answer) {
  return answer && typeof answer.text === "string" ? answer : null;
}

/** One thing after the other, so that answers arrive in the order of the taps. */
export function inTurn() {
  let last = Promise.resolve();
  return (work) => (last = last.then(work, work));
}

const pause = (time) => new Promise((done) => setTimeout(done, time));

/** Send one form's fields; the same fields again, under the same id, until somebody answers. */
async function send(path, fields) {
  for (let attempt = 1; ; attempt += 1) {
    try {
      const reply = await fetch(path, {
        method: "POST", body: new URLSearchParams(fields), headers: { Accept: "application/json" },
      });
      const state = readState(await reply.json());
      if (state && (reply.ok || reply.status < 500 || attempt === TRIES)) return state;
    } catch {
      // No answer, or none of ours: the id makes it safe to send the same tap again.
    }
    if (attempt >= TRIES) return null;
    await pause(PAUSE);
  }
}

export function startTally(root) {
  const row = root.querySelector("[data-last-tap]");
  if (!row) return;
  const text = row.querySelector("[role=status]");
  const undo = row.querySelector("button");
  const token = row.querySelector("[name=csrf_token]").value;
  const turn = inTurn();
  const unsent = [];
  let hiding;

  const offer = (path) => {
    clearTimeout(hiding);
    undo.hidden = !path;
    if (!path) return;
    row.setAttribute("action", path);
    hiding = setTimeout(() => { undo.hidden = true; }, UNDO_SHOWN);
  };
  const show = (state) => {
    for (const button of root.querySelectorAll("button[name=tap]")) {
      const total = state.totals?.[measureOf(button.value)];
      if (total === undefined) continue;
      button.querySelector(".tally__value").textContent = total;
    }
    text.textContent = state.undo ? `Last: ${state.text}` : state.text;
    offer(state.undo);
  };
  const flush = async () => {
    while (unsent.length) {
      const [path, fields] = unsent[0];
      const state = await send(path, { ...fields, csrf_token: token });
      if (!state) {
        text.textContent = `${unsent.length} not sent yet. Stay here; it goes with the next tap, and counts once.`;
        return;
      }
      unsent.shift();
      show(state);
    }
  };
  const go = (path, fields) => {
    unsent.push([path, fields]);
    text.textContent = unsent.length > 1 ? `Saving ${unsent.length} taps…` : "Saving…";
    turn(flush);
  };
  addEventListener("online", () => turn(flush));
  for (const form of root.querySelectorAll("[data-taps]")) {
    form.addEventListener("submit", (event) => {
      const tile = event.submitter;
      if (!tile) return;
      event.preventDefault();
      go(form.getAttribute("action"), { tap: `${measureOf(tile.value)} ${newId()}` });
    });
  }
  row.addEventListener("submit", (event) => {
    event.preventDefault();
    go(row.getAttribute("action"), {});
  });
  if (!undo.hidden) offer(row.getAttribute("action"));
}

if (typeof document !== "undefined") startTally(document);
