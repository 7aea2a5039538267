/** Premises by a few letters: a text field and a list of buttons; without a choice the text itself is sent. */
import { copies, copyOf, numbered, put } from "./marked.js";

const SHORTEST = 2;
const PAUSE = 180;

/** Only an answer of the expected shape: a sign-in page of a pub's WiFi answers 200 as well. */
export function readPremises(answer) {
  const list = answer?.premises;
  return Array.isArray(list) ? list.filter((one) => typeof one?.name === "string" && one.id != null) : null;
}

/** Ask the server; null where it says something else. */
async function askServer(letters, { dataset }, signal) {
  const reply = await fetch(`${dataset.searchUrl}?q=${encodeURIComponent(letters)}`, { headers: { Accept: "application/json" }, signal });
  return reply.ok ? readPremises(await reply.json()) : null;
}

function startSearch(box, find, pause) {
  const [text, chosen, said, list] = ["input:not([type=hidden])", "[type=hidden]", "[role=status]", "ul"].map((one) => box.querySelector(one));
  let timer, flight;

  const tell = (one) => one && said.replaceChildren(copyOf("chosen", { ...one, where: [one.name, one.detail].filter(Boolean).join(", ") }));
  const show = (premises) => {
    const found = copies("found", premises);
    for (const [index, item] of found.entries()) item.firstElementChild.onclick = () => choose(premises[index]);
    put(list, found);
  };
  const choose = (one) => {
    flight.abort();
    text.value = one.name;
    chosen.value = one.id;
    chosen.dataset.type = one.type ?? "";
    chosen.dispatchEvent(new Event("change", { bubbles: true }));
    show([]);
    tell(one);
    text.focus();
  };
  const ask = async (letters) => {
    flight = new AbortController();
    const { signal } = flight;
    try {
      const premises = await (await find)(letters, box, signal);
      if (signal.aborted) return;
      show(premises ?? []);
      said.textContent = premises ? numbered(said, premises.length) : said.dataset.silent;
    } catch {
      if (signal.aborted) return;
      show([]);
      said.textContent = said.dataset.offline;
    }
  };
  text.addEventListener("input", () => {
    clearTimeout(timer);
    flight?.abort();
    chosen.value = chosen.dataset.type = said.textContent = "";
    const letters = text.value.trim();
    // A form that is filled with what was typed before asks nothing.
    if (letters.length < SHORTEST || text !== document.activeElement) show([]);
    else timer = setTimeout(() => ask(letters), pause);
  });
  box.addEventListener("keydown", ({ key }) => {
    if (key !== "Escape" || list.hidden) return;
    show([]);
    text.focus();
  });
  // What a task or a draft has chosen is told as well.
  const known = async () => tell((await find).at?.(chosen.value));
  chosen.addEventListener("input", known);
  known();
  // Letters that were typed before anything listened are searched for as well.
  if (text.value && !chosen.value) text.dispatchEvent(new Event("input"));
}

/**
 * `find(letters, box, signal)` answers with premises, `find.at(id)` with those chosen already; the server does where the
 * page has no register of its own. It may be a promise: until it is there, letters that are typed undo a choice all the same.
 */
export function startPremisesSearch(root, find = askServer, pause = PAUSE) {
  for (const box of root.querySelectorAll("[data-premises-search]")) startSearch(box, find, pause);
}
