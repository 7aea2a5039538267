/** The premises register in memory: a few letters, at once, without a network. */

const MOST = 8;

/** A text as it is compared: small letters without accents or punctuation. */
export function folded(text) {
  return text.normalize("NFD").replace(/[\p{M}'’]/gu, "").toLowerCase().replace(/[^\p{L}\p{N}]+/gu, " ").trim();
}

/**
 * Returns `find(letters)`: the likeliest premises, at most eight; `find.at(id)` is the one of that id.
 * `list` is [[id, name, detail, type, about]…]; `known` has [note, about] of tonight by id.
 */
export function register(list, known = {}) {
  const rows = list.map(([id, name, detail, type, about]) => {
    const [note, fresh = about] = known[id] ?? [];
    const own = ` ${folded(name)}`;
    return { own, all: `${own} ${folded(detail ?? "")}`, told: { id, name, detail, type, note, about: fresh } };
  });
  const find = (letters) => {
    const words = folded(letters).split(" ").map((word) => ` ${word}`);
    const [first] = words;
    // A name that begins with the first word, one that has all of them, a name and an address that do.
    const ranks = [[], [], []];
    for (const { own, all, told } of first === " " ? [] : rows) {
      const has = (text) => words.every((word) => text.includes(word));
      if (has(all)) ranks[has(own) ? Number(!own.startsWith(first)) : 2].push(told);
    }
    return ranks.flat().slice(0, MOST);
  };
  find.at = (id) => rows.find(({ told }) => told.id === Number(id))?.told;
  return find;
}
