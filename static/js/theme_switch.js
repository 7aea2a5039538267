/** Light and dark without leaving the page, so that a half-filled form stays; without JS the form posts. */

const { dataset } = document.documentElement;
const sheet = document.querySelector("link[data-dark]");
const keep = (cookie) => { document.cookie = `${cookie}; path=/; max-age=31536000; samesite=lax`; };

// Safari forgets within a week what a script keeps, so that each page keeps it anew.
document.cookie.match(/screen=\w+/)?.forEach(keep);

for (const form of document.querySelectorAll("[data-theme-form]")) {
  form.addEventListener("submit", (event) => {
    const { value: theme } = event.submitter;
    event.preventDefault();
    dataset.theme = theme;
    sheet.media = sheet.dataset[theme];
    for (const button of document.querySelectorAll("[aria-pressed][name=theme]")) button.setAttribute("aria-pressed", button.value === theme);
    keep(`screen=${theme}`);
  });
}
