/** Taps on the server's own page of the tally, without leaving it: in their turn, each sent until it is answered. */

/** Send a form; resolves with {page, taken}: taken only where the page that answered is ours and in no trouble. */
async function answered(action, body) {
  try {
    const reply = await fetch(action, { method: "POST", body });
    const page = new DOMParser().parseFromString(await reply.text(), "text/html");
    return { page, taken: reply.status < 500 && page.querySelector("[data-last-tap]") };
  } catch {
    return {};
  }
}

const problemOf = (page) => page?.querySelector(".notice:not([hidden]) .notice__text")?.textContent;

/** Put into the page what a later one says. */
function renew(root, later) {
  const [tiles, row] = [root.querySelectorAll("[name=tap]"), root.querySelector("[data-last-tap]")];
  for (const [index, { value, children }] of later.querySelectorAll("[name=tap]").entries()) {
    tiles[index].value = value;
    tiles[index].children[1].textContent = children[1].textContent;
  }
  const last = later.querySelector("[data-last-tap]");
  row.setAttribute("action", last.getAttribute("action"));
  row.lastElementChild.replaceWith(last.lastElementChild);
  row.querySelector("[role=status]").textContent = problemOf(later) ?? last.querySelector("[role=status]").textContent;
}

export function startTally(root) {
  const said = root.querySelector("[data-last-tap] [role=status]");
  const waiting = [];
  let turn = Promise.resolve();
  const send = async () => {
    while (waiting.length) {
      const [tap] = waiting;
      const { form, tile } = tap;
      // Only now: the answer to the tap before has given the tile an id of its own. Sent again, it keeps that.
      tap.body ??= new URLSearchParams([...new FormData(form), [tile.name, tile.value]]);
      const { page, taken } = await answered(form.getAttribute("action"), tap.body);
      if (!taken) {
        said.textContent = problemOf(page) ?? `${waiting.length} not sent yet. Stay here; it goes with the next tap, and counts once.`;
        return;
      }
      waiting.shift();
      renew(root, page);
    }
  };
  const go = () => { turn = turn.then(send); };
  addEventListener("online", go);
  for (const form of root.querySelectorAll("[data-taps], [data-last-tap]")) {
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      waiting.push({ form, tile: event.submitter });
      said.textContent = "Saving…";
      go();
    });
  }
}

if (typeof document !== "undefined") startTally(document);
