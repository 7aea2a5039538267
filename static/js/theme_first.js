/* The theme this phone was set to, before anything is drawn: a kept page is the same for every theme. */
(() => {
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
