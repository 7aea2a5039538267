/** Light and dark without leaving the page, so that a half-filled form stays; without JS the form posts. */

/** For which screens the dark sheet counts: the page's own template says the same. */
export const DARK_FOR = { auto: "screen and (prefers-color-scheme: dark)", light: "not all", dark: "screen" };

/** The theme a button asks for, or null where it is none of the three. */
export function readTheme(value) {
  return Object.hasOwn(DARK_FOR, value) ? value : null;
}

/** For the pages that this phone keeps (theme_first.js). */
function rememberTheme(theme) {
  try {
    localStorage.setItem("theme", theme);
  } catch {
    // A browser that keeps nothing asks the server.
  }
}

export function startThemeSwitch(root) {
  for (const form of root.querySelectorAll("[data-theme-form]")) {
    form.addEventListener("submit", (event) => {
      const theme = readTheme(event.submitter?.value);
      if (!theme) return;
      event.preventDefault();
      document.documentElement.dataset.theme = theme;
      root.querySelector("link[data-dark]").media = DARK_FOR[theme];
      for (const button of root.querySelectorAll("[aria-pressed][name=theme]")) {
        button.setAttribute("aria-pressed", String(button.value === theme));
      }
      rememberTheme(theme);
      const shown = [...form.querySelectorAll("button")].find((button) => button.offsetParent !== null);
      if (document.activeElement === document.body || document.activeElement === event.submitter) shown?.focus();
      // A kept page has no token to send: the phone remembers by itself.
      if (form.getAttribute("method") === "dialog") return;
      const body = new URLSearchParams(new FormData(form));
      body.set("theme", theme);
      // The screen has already changed; a setting that did not arrive is asked again next time.
      fetch(form.action, { method: "POST", body, redirect: "manual" }).catch(() => {});
    });
  }
}
