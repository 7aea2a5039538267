/** When to try again: at once where something has changed, else after pauses that grow. */

const FIRST = 5_000;
const LONGEST = 5 * 60_000;

/** The pause before try number `tries` (from 1), a little different on every phone. */
export function pauseBefore(tries, random = Math.random) {
  const whole = Math.min(LONGEST, FIRST * 2 ** Math.min(tries - 1, 10));
  return Math.round(whole * (0.8 + 0.4 * random()));
}

/**
 * Keep trying. `attempt` resolves with {done, wait}: done when nothing is left to send, wait where the
 * server asked for a pause. Returns `now()`, which tries at once and starts the pauses anew.
 */
export function keepTrying(attempt, { setTimer = setTimeout, clearTimer = clearTimeout, random = Math.random } = {}) {
  let tries = 0;
  let timer;
  let running = null;
  let again = false;

  const later = (wait) => {
    clearTimer(timer);
    tries += 1;
    timer = setTimer(run, Math.max(wait, pauseBefore(tries, random)));
  };
  async function run() {
    if (running) {
      again = true;
      return running;
    }
    clearTimer(timer);
    running = attempt().catch(() => ({ done: false, wait: 0 }));
    const { done, wait } = await running;
    running = null;
    if (again) {
      again = false;
      return run();
    }
    if (!done) later(wait ?? 0);
    return undefined;
  }
  return {
    now() {
      tries = 0;
      return run();
    },
  };
}
