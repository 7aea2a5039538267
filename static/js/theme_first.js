/* What a kept page must know before anything is drawn: the theme of this phone, a form to be filled, a tap too many. */
(() => {
  // A form that is about to be filled with what is kept waits for it (css/entry.css): nothing typed is overwritten.
  if (/^\/phone\/|[?&]draft=/.test(location.pathname + location.search)) document.documentElement.dataset.filling = "";
  // The second of two quick taps on Save lands on the page that follows, and means nothing there.
  if (/[?&]saved=/.test(location.search)) addEventListener("click", (event) => event.timeStamp < 600 && event.preventDefault(), true);
  const sheets = { auto: "screen and (prefers-color-scheme: dark)", light: "not all", dark: "screen" };
  let theme = null;
  try {
    theme = localStorage.getItem("theme");
  } catch {
    // A browser that keeps nothing shows what the server says.
  }
  if (!theme || !Object.hasOwn(sheets, theme)) return;
  document.documentElement.dataset.theme = theme;
  document.querySelector("link[data-dark]").media = sheets[theme];
})();
