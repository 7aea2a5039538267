/** The premises register in memory: a few letters, at once, without a network. */

export const MOST = 8;
const MARKS = /[\u0300-\u036f]/g;
const NO_LETTERS = /[^\p{L}\p{N}]+/gu;

/** A text as it is compared: small letters without accents or punctuation. */
export function folded(text) {
  return String(text).normalize("NFD").replace(MARKS, "").toLowerCase().replace(/['’]/g, "").replace(NO_LETTERS, " ").trim();
}

/**
 * Returns `find(letters)`: the likeliest premises, at most eight; `find.at(id)` is the one of that id.
 * `list` is [[id, name, detail, type, about]…]; `known` has [note, about] of tonight by id.
 */
export function register(list, known = {}) {
  const rows = list.map(([id, name, detail, type, about]) => {
    const own = folded(name);
    return { id, name, detail, type, about, own: ` ${own}`, all: ` ${own} ${folded(detail ?? "")}` };
  });
  const told = ({ id, name, detail, type, about }) => {
    const [note = null, fresh = about] = known[id] ?? [];
    return { id, name, detail, type, note, about: fresh };
  };
  const find = (letters) => {
    const words = folded(letters).split(" ").filter(Boolean).map((word) => ` ${word}`);
    if (!words.length) return [];
    const found = [];
    for (const row of rows) {
      if (!words.every((word) => row.all.includes(word))) continue;
      const first = row.own.startsWith(words[0]) ? 0 : 1;
      found.push({ row, rank: words.every((word) => row.own.includes(word)) ? first : 2 });
    }
    found.sort((one, other) => one.rank - other.rank);
    return found.slice(0, MOST).map(({ row }) => told(row));
  };
  find.at = (id) => rows.filter((row) => String(row.id) === id).map(told)[0];
  return find;
}
