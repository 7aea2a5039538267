/** Watching a night: when to ask the server again, what its answer means, and what is told of it. */

export const FIRST_PAUSE = 2_000;
export const LONGEST_PAUSE = 60_000;
export const SIGNED_OUT_PAUSE = 20_000;
export const QUIET = 15_000;

/** Milliseconds until the next question: any time around `every`; after failures up to ever longer. */
export function pauseAfter(failures, { every, random = Math.random, least = 0 }) {
  if (!failures) return every * (0.5 + random());
  const most = Math.min(LONGEST_PAUSE, FIRST_PAUSE * 2 ** failures);
  return Math.max(least, 500 + random() * most);
}

/** Words with what is in braces filled in. */
export function filled(words, values) {
  return words.replace(/\{(\w+)\}/g, (_, name) => values[name] ?? "");
}

/** What a screen reader is told when `after` follows `before`; empty where that is nothing new. */
export function told(before, after, words) {
  const said = [];
  const number = after.received - before.received;
  if (number === 1) said.push(after.latest ? filled(words.one, after) : words["one-more"]);
  if (number > 1) said.push(filled(words.more, { number }));
  if (after.overdue > before.overdue) said.push(filled(words.overdue, { number: after.overdue }));
  return said.join(" ");
}

/** What an answer makes of the page: live, away, signed-out or refused. */
export function stateAfter(kind, status) {
  if (kind === "ours" || kind === "unchanged") return "live";
  if (kind === "signed-out") return "signed-out";
  return kind === "refused" && (status === 403 || status === 404) ? "refused" : "away";
}

/**
 * Ask again and again. `ask(version)` answers as connection.js does; `show(answer)` puts an answer on the page,
 * `say(state, contact)` how it stands, `tell(news)` what is new, at most every `QUIET` milliseconds. One failure is no
 * news: a page says that it is away after the second.
 */
export class Watch {
  #version; #told; #latest; #toldAt = -Infinity; #contact; #failures = 0; #state = ""; #timer = null; #asking = false; #hidden = false;

  constructor({ version, received, overdue, every, words, ask, show, say, tell, now = Date.now, random = Math.random, timers = globalThis }) {
    Object.assign(this, { every, words, ask, show, say, tell, now, random, timers });
    this.#version = version;
    this.#told = this.#latest = { received, overdue };
    this.#contact = now();
  }

  start() {
    this.#stand("live");
    this.#again(pauseAfter(0, this));
  }

  /** A tab that nobody sees asks nothing; one that is seen again asks at once. */
  hide(hidden) {
    this.#hidden = hidden;
    this.timers.clearTimeout(this.#timer);
    if (!hidden) this.once();
  }

  async once() {
    if (this.#asking) return;
    this.#asking = true;
    this.timers.clearTimeout(this.#timer);
    const answer = await this.ask(this.#version);
    this.#asking = false;
    const state = stateAfter(answer.kind, answer.status);
    this.#failures = state === "live" ? 0 : this.#failures + 1;
    if (state === "live") this.#heard(answer);
    if (state !== "away" || this.#failures > 1) this.#stand(state);
    const pause = state === "live" || state === "away" ? pauseAfter(this.#failures, { ...this, least: answer.wait }) : SIGNED_OUT_PAUSE;
    this.#again(pause);
  }

  #heard(answer) {
    this.#contact = this.now();
    if (answer.kind === "ours") {
      this.#latest = answer.body;
      this.#version = answer.etag;
      this.show(answer.body);
    }
    if (this.#contact - this.#toldAt < QUIET) return;
    const news = told(this.#told, this.#latest, this.words);
    this.#told = this.#latest;
    if (!news) return;
    this.#toldAt = this.#contact;
    this.tell(news);
  }

  #stand(state) {
    if (state === this.#state) return;
    this.#state = state;
    this.say(state, this.#contact);
  }

  #again(pause) {
    if (!this.#hidden) this.#timer = this.timers.setTimeout(() => this.once(), pause);
  }
}
