/** What the screen says of a form that was confirmed: its name, one line, what it counts. */

const WORDLESS = new Set(["not recorded", "none", ""]);
const COUNT = "count_";

const wordsOf = (label) => label.textContent.trim().replace(" (optional)", "");

/** {name, heading, text} of every field that says something, in the words of the form. */
function saidIn(form) {
  const said = [];
  for (const control of form.elements) {
    const { name, type, value } = control;
    // Labels last: to look for them takes its time, and most fields say nothing.
    if (!name || WORDLESS.has(value?.trim()) || (/radio|checkbox/.test(type) && !control.checked) || !control.labels?.length) continue;
    const words = wordsOf(control.labels[0]);
    const heading = type === "radio" ? wordsOf(control.closest("fieldset").firstElementChild) : words;
    said.push({ name, heading, text: type === "radio" ? words : value });
  }
  return said;
}

function minutesLine({ minutes, minutes_other = "" }) {
  const text = minutes && minutes !== "other" ? minutes : minutes_other.trim();
  if (WORDLESS.has(text)) return "";
  return /^\d+$/.test(text) ? `${text} minutes` : text;
}

/** {code: number} of every whole count above nought that was typed. */
export function countsOf(fields) {
  const counts = {};
  for (const [name, text] of Object.entries(fields)) {
    const value = /^\s*\d{1,9}\s*$/.test(text) ? Number(text) : 0;
    if (name.startsWith(COUNT) && value) counts[name.slice(COUNT.length)] = value;
  }
  return counts;
}

/** The first text that says anything, at most 80 characters. */
function gist({ number, particulars, notes }) {
  const text = [number, particulars, notes].find((one) => one?.trim())?.trim() ?? "";
  return text.length > 80 ? `${text.slice(0, 79)}…` : text;
}

/** {title, line, time, counts, rows} of a form with these fields. */
export function shownOf(form, fields, kindTitle) {
  const counts = countsOf(fields);
  const said = saidIn(form);
  const place = (fields.place ?? "").trim();
  const chosen = ["law", "action"].map((name) => said.find((one) => one.name === name)?.text).find(Boolean);
  const counted = said.filter(({ name }) => counts[name.slice(COUNT.length)] && name.startsWith(COUNT))
    .map(({ heading, text }) => `${Number(text)} ${heading.charAt(0).toLowerCase()}${heading.slice(1)}`);
  const line = [place && kindTitle, chosen ?? gist(fields), minutesLine(fields), ...counted].filter(Boolean).join(" · ");
  const time = fields.happened_time?.match(/^\d\d:\d\d/)?.[0];
  return { title: place || kindTitle, line, time, counts, rows: said.map(({ heading, text }) => [heading, text]) };
}
