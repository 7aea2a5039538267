/* Copy what stands in a text area; without this, it is selected and copied by hand. */

for (const button of document.querySelectorAll("[data-copy]")) {
  const area = document.getElementById(button.dataset.copy);
  const said = button.form.querySelector("[data-copied]");
  button.hidden = false;
  button.addEventListener("click", async () => {
    area.select();
    try {
      await navigator.clipboard.writeText(area.value);
      said.textContent = "Copied";
    } catch {
      said.textContent = "Selected: copy it with your device’s copy command";
    }
  });
}
