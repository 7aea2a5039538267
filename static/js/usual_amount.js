/** The usual amount of a law goes into the amount while nobody has typed another one. */

const amount = document.querySelector("[name=amount]");
let offered = document.querySelector("[name=law]:checked")?.dataset.usual ?? "";

for (const law of document.querySelectorAll("[name=law]")) {
  law.addEventListener("change", () => {
    const { usual = "" } = law.dataset;
    if (["", offered].includes(amount.value.trim())) amount.value = usual;
    offered = usual;
  });
}
