/** On a narrow screen the filters fold away, so that figures come first; on a wide one they stand open. */

/** Keep `fold` shut while `narrow` matches and open while it does not; a person may open it again. */
export function foldWhile(narrow, fold) {
  const follow = () => { fold.open = !narrow.matches; };
  follow();
  narrow.addEventListener("change", follow);
}

export function startNarrowFolds(root) {
  const narrow = matchMedia("(max-width: 640px)");
  for (const fold of root.querySelectorAll("[data-narrow-fold]")) {
    foldWhile(narrow, fold);
  }
}

if (typeof document !== "undefined") startNarrowFolds(document);
