/** A menu that is a plain <details> closes again: by Escape, by a tap elsewhere, when focus moves on. */
export function closeBehind(menu) {
  const page = menu.ownerDocument;
  const left = ({ target }) => { if (!menu.contains(target)) menu.open = false; };
  page.addEventListener("click", left);
  page.addEventListener("focusin", left);
  menu.addEventListener("keydown", ({ key }) => {
    if (key !== "Escape" || !menu.open) return;
    menu.open = false;
    menu.querySelector("summary").focus();
  });
}

if (globalThis.document) {
  for (const menu of document.querySelectorAll("[data-menu]")) closeBehind(menu);
}
