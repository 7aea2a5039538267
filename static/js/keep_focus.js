/** Whoever works by keyboard stays where they were: what goes out of sight with the focus hands it to what is around. */

let path = [];

addEventListener("focusin", (event) => { path = event.composedPath(); });
new MutationObserver(() => {
  const [last] = path;
  const place = path.find((one) => one.getClientRects().length);
  if (place === last) return;
  // Once only, whether or not anything takes it: what follows is a change of the page as well.
  path = [];
  // Not to a button in its place, which a key that is held down would press.
  place.tabIndex = -1;
  (place.querySelector(`[href="${last.getAttribute("href")}"]`) ?? place).focus({ preventScroll: true });
}).observe(document, { subtree: true, childList: true, attributes: true });
