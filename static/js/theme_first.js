/* What a kept page must know before anything is drawn: the theme of this phone, a form to be filled, a tap too many. */
(() => {
  const { dataset } = document.documentElement;
  // A form that is about to be filled with what is kept waits for it (css/entry.css): nothing typed is overwritten.
  if (/\/phone\/|[?&]draft=/.test(location.href)) dataset.filling = "";
  // The second of two quick taps on Save lands on the bar that takes its place, and means nothing there (css/entry.css).
  if (/[?&]saved=/.test(location.href)) dataset.saved = "";
  const [, theme] = document.cookie.match(/screen=(\w+)/) ?? [];
  const sheet = document.querySelector("link[data-dark]");
  const media = sheet.getAttribute(`data-${theme}`);
  if (media) [dataset.theme, sheet.media] = [theme, media];
})();
