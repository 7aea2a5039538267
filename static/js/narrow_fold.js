/** On a narrow screen the filters fold away, so that figures come first; on a wide one they stand open. */

const narrow = matchMedia("(max-width: 640px)");

for (const fold of document.querySelectorAll("[data-narrow-fold]")) {
  // A person may open it again, until the screen changes.
  const follow = () => { fold.open = !narrow.matches; };
  follow();
  narrow.addEventListener("change", follow);
}
