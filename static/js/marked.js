/** What a page has marked for its modules: found, copied, filled, shown. */

/** The part that is marked data-phone="name". */
export const part = (name) => document.querySelector(`[data-phone="${name}"]`);

/** Put a text or nodes into their place; where there are none, it is out of sight. Yes and no only show and hide. */
export function put(place, value) {
  place.hidden = value !== true && !value?.length;
  if (typeof value !== "boolean") (place.querySelector("[data-words]") ?? place).replaceChildren(...[value ?? []].flat());
}

/** Put values into parts by their names; a page need not have them all. */
export function show(values) {
  for (const [name, value] of Object.entries(values)) {
    const place = part(name);
    if (place) put(place, value);
  }
}

/** A copy of <template data-row="name"> with `values` where it is marked data-fill, data-href, data-value or data-tone. */
export function copyOf(name, values = {}) {
  const copy = document.querySelector(`template[data-row=${name}]`).content.firstElementChild.cloneNode(true);
  for (const slot of [copy, ...copy.querySelectorAll("*")]) {
    const { fill, href, value, tone } = slot.dataset;
    if (fill) put(slot, values[fill]);
    if (href) slot.href = values[href];
    if (value) slot.value = values[value];
    if (tone) slot.classList.add(`state--${values[tone]}`);
  }
  return copy;
}

export const copies = (name, list) => list.map((one) => copyOf(name, one));

/** Copies of headings and their texts. */
export const pairs = (list) => list.map(([key, text]) => copyOf("pair", { key, text: text || "Not recorded" }));

/** The words that a place has for a case, data-case="…", with `value` for the #. */
export const worded = (place, name, value) => (place.dataset[name] ?? "").replace("#", () => value);

/** The words that a place has for so many: data-one or data-many; for none data-none, if it has that. */
export const numbered = (place, number) => worded(place, number === 1 ? "one" : number ? "many" : "none", number);

/** Let `act(event)` stand for sending a form. */
export function onSubmit(form, act) {
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    act(event);
  });
}
