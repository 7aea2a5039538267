/** The usual amount of a law goes into the amount while nobody has typed another one. */

/** What the amount should read after a law was chosen: a typed amount stays, an offered one goes. */
export function nextAmount(now, offered, usual) {
  return now.trim() === "" || now === offered ? usual : now;
}

export function startUsualAmount(root) {
  const amount = root.querySelector("input[name=amount]");
  const laws = [...root.querySelectorAll("input[name=law]")];
  if (!amount) return;
  let offered = laws.find((law) => law.checked)?.dataset.usual ?? "";
  for (const law of laws) {
    law.addEventListener("change", () => {
      const usual = law.dataset.usual ?? "";
      amount.value = nextAmount(amount.value, offered, usual);
      offered = usual;
    });
  }
}

if (typeof document !== "undefined") startUsualAmount(document);
