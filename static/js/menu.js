/** A menu that is a plain <details> closes again: by Escape, by a tap elsewhere, when focus moves on. */
for (const menu of document.querySelectorAll("[data-menu]")) {
  for (const left of ["click", "focusin"]) {
    document.addEventListener(left, ({ target }) => { if (!menu.contains(target)) menu.open = false; });
  }
  menu.addEventListener("keydown", ({ key }) => {
    if (key !== "Escape" || !menu.open) return;
    menu.open = false;
    menu.querySelector("summary").focus();
  });
}
