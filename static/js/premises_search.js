/** Premises by a few letters: a text field and a list of buttons; without a choice the text itself is sent. */

export const SHORTEST_QUERY = 2;
const PAUSE = 180;

/** The letters to ask for: single spaces, no ends; "" where too few to be worth asking. */
export function normaliseQuery(text) {
  const query = String(text).normalize("NFC").replace(/\s+/g, " ").trim();
  return query.length < SHORTEST_QUERY ? "" : query.slice(0, 80);
}

/** What the screen says and a screen reader hears. */
export function countLine(count) {
  if (count === 0) {
    return "Not in the register. It will be saved as typed.";
  }
  return count === 1 ? "1 premises found" : `${count} premises found`;
}

/** The address to ask, keeping what the address already carries. */
export function searchAddress(base, query) {
  return `${base}${base.includes("?") ? "&" : "?"}q=${encodeURIComponent(query)}`;
}

/** Only an answer of the expected shape: a sign-in page of a pub's WiFi answers 200 as well. */
export function readPremises(answer) {
  const list = answer && Array.isArray(answer.premises) ? answer.premises : null;
  return list && list.filter((one) => one && typeof one.name === "string" && one.id != null);
}

function part(className, text) {
  const span = document.createElement("span");
  span.className = `premises-search__${className}`;
  span.textContent = text;
  return span;
}

const parts = (one, keys) => keys.flatMap((key) => (one[key] ? [" ", part(key, one[key])] : []));

/** Ask the server; null where it says something else. */
async function askServer(box, query, signal) {
  const reply = await fetch(searchAddress(box.dataset.searchUrl, query), { headers: { Accept: "application/json" }, signal });
  return reply.ok ? readPremises(await reply.json()) : null;
}

function startSearch(box, find, pause) {
  const text = box.querySelector("input:not([type=hidden])");
  const chosen = box.querySelector("input[type=hidden]");
  const count = box.querySelector(".premises-search__count");
  const list = box.querySelector(".premises-search__results");
  let timer;
  let flight;

  const show = (premises) => {
    list.replaceChildren(...premises.map((one) => {
      const button = document.createElement("button");
      button.type = "button";
      button.className = "premises-search__choice";
      button.append(part("name", one.name), ...parts(one, ["detail", "note", "about"]));
      button.addEventListener("click", () => choose(one));
      const item = document.createElement("li");
      item.append(button);
      return item;
    }));
    list.hidden = premises.length === 0;
  };
  const choose = (one) => {
    text.value = one.name;
    chosen.value = String(one.id);
    chosen.dataset.type = one.type ?? "";
    chosen.dispatchEvent(new Event("change", { bubbles: true }));
    show([]);
    say(one);
    text.focus();
  };
  const say = (one) => {
    if (!one) return;
    count.textContent = `Chosen: ${[one.name, one.detail].filter(Boolean).join(", ")}`;
    count.append(...parts(one, ["note", "about"]));
  };
  const ask = async (query) => {
    flight?.abort();
    flight = new AbortController();
    try {
      const premises = await find(query, box, flight.signal);
      if (normaliseQuery(text.value) !== query || chosen.value) return;
      show(premises ?? []);
      count.textContent = premises ? countLine(premises.length) : "Search is not answering. Type the name in full.";
    } catch (error) {
      if (error.name === "AbortError") return;
      show([]);
      count.textContent = "No signal to search. Type the name in full.";
    }
  };
  text.addEventListener("input", () => {
    chosen.value = "";
    chosen.dataset.type = "";
    count.textContent = "";
    clearTimeout(timer);
    const query = normaliseQuery(text.value);
    if (query) {
      timer = setTimeout(() => ask(query), pause);
    } else {
      flight?.abort();
      show([]);
    }
  });
  box.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !list.hidden) {
      show([]);
      text.focus();
    }
  });
  // What a task or a draft has chosen is told as well.
  const known = () => say(find.at?.(chosen.value));
  chosen.addEventListener("input", known);
  known();
  // Letters that were typed before anything listened are searched for as well.
  if (text === document.activeElement && text.value && !chosen.value) text.dispatchEvent(new Event("input"));
}

/** `find(query, box, signal)` answers with premises, `find.at(id)` with those chosen already; the server does where the page has no register of its own. */
export function startPremisesSearch(root, find = (query, box, signal) => askServer(box, query, signal), pause = PAUSE) {
  for (const box of root.querySelectorAll("[data-premises-search]")) startSearch(box, find, pause);
}
