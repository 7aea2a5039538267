/** What the screen says of a form that was confirmed: its name, one line, what it counts. */

const WORDLESS = new Set(["not recorded", "none", ""]);

/** The text of the label of the chosen button, empty where none or *not recorded* is. */
function chosenLabel(form, name) {
  const control = [...form.elements].find((one) => one.name === name && one.checked);
  return control && !WORDLESS.has(control.value) ? control.labels[0].textContent.trim() : "";
}

function minutesLine(form, fields) {
  const typed = (fields.minutes_other ?? "").trim();
  const text = fields.minutes === "other" || !fields.minutes ? typed : fields.minutes;
  if (!text || WORDLESS.has(text)) return "";
  return /^\d+$/.test(text) ? `${text} minutes` : text;
}

/** {code: number} of every whole count above nought that was typed. */
export function countsOf(fields) {
  const counts = {};
  for (const [name, text] of Object.entries(fields)) {
    const value = /^\s*\d{1,9}\s*$/.test(text) ? Number(text) : 0;
    if (name.startsWith("count_") && value) counts[name.slice("count_".length)] = value;
  }
  return counts;
}

function countsLine(form, counts) {
  return Object.entries(counts).map(([code, value]) => {
    const label = form.elements[`count_${code}`]?.labels?.[0]?.textContent.trim() ?? code;
    return `${value} ${label.charAt(0).toLowerCase()}${label.slice(1)}`;
  });
}

/** The first text that says anything, at most 80 characters. */
function gist(fields) {
  const text = [fields.number, fields.particulars, fields.notes].find((one) => one?.trim())?.trim() ?? "";
  return text.length > 80 ? `${text.slice(0, 79)}…` : text;
}

const worded = (label) => label.textContent.trim().replace(" (optional)", "");

/** [heading, text] of all that a form says, in its own words. */
export function rowsOf(form) {
  const rows = [];
  for (const control of form.elements) {
    const { type, value, labels } = control;
    const said = /radio|checkbox/.test(type) ? control.checked : value?.trim();
    if (!control.name || !labels?.length || !said || WORDLESS.has(value)) continue;
    rows.push(type === "radio" ? [worded(control.closest("fieldset").firstElementChild), worded(labels[0])] : [worded(labels[0]), value]);
  }
  return rows;
}

/** {title, line, time, counts, rows} of a form with these fields. */
export function shownOf(form, fields, kindTitle) {
  const counts = countsOf(fields);
  const place = (fields.place ?? "").trim();
  const parts = [
    place ? kindTitle : "", chosenLabel(form, "law") || chosenLabel(form, "action") || gist(fields),
    minutesLine(form, fields), ...countsLine(form, counts),
  ];
  const time = /^\d\d:\d\d/.test(fields.happened_time ?? "") ? fields.happened_time.slice(0, 5) : undefined;
  return { title: place || kindTitle, line: parts.filter(Boolean).join(" · "), time, counts, rows: rowsOf(form) };
}
