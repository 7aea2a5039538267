/** A clock that stands still until a test lets time pass, and timers that go by it. */

/** `now` in milliseconds. */
export function standingClock(now) {
  const timers = new Map();
  let last = 0;
  class Moment extends Date {
    constructor(...parts) {
      super(...(parts.length ? parts : [now]));
    }

    static now() {
      return now;
    }
  }
  const add = (owner, act, pause = 0, every = null) => {
    last += 1;
    timers.set(last, { owner, act, at: now + pause, every });
    return last;
  };
  const earliest = () => [...timers].sort(([, one], [, other]) => one.at - other.at)[0] ?? [];
  return {
    Date: Moment,
    now: () => now,
    /** Milliseconds until something is due; null where nothing is. */
    left: () => (timers.size ? earliest()[1].at - now : null),
    /** The timers of one page; `forget` drops them, as leaving a page does. */
    timers() {
      const owner = Symbol("page");
      const clear = (id) => void timers.delete(id);
      return {
        setTimeout: (act, pause) => add(owner, act, pause),
        setInterval: (act, pause) => add(owner, act, pause, pause),
        clearTimeout: clear,
        clearInterval: clear,
        forget: () => { for (const [id, timer] of timers) if (timer.owner === owner) timers.delete(id); },
      };
    },
    /** Let time pass, and do what is due meanwhile in its order. */
    async passes(time) {
      const end = now + time;
      for (let [id, due] = earliest(); due && due.at <= end; [id, due] = earliest()) {
        now = due.at;
        if (due.every === null) timers.delete(id);
        else due.at += due.every;
        due.act();
        await new Promise(setImmediate);
      }
      now = end;
    },
  };
}
