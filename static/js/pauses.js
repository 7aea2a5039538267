/** When to try again: at once where something has changed, else after pauses that grow. */

/**
 * Keep trying. `attempt` resolves with {done, wait}: done when nothing is left to send, wait where the
 * server asked for a pause. Returns `now()`, which tries at once and starts the pauses anew.
 */
export function keepTrying(attempt) {
  let tries, timer, running, again;
  const run = async () => {
    let done, wait;
    while (again) {
      again = false;
      ({ done, wait = 0 } = await attempt().catch(() => ({})));
    }
    running = null;
    // From five seconds up to a minute, a little different on every phone.
    const pause = Math.min(60_000, 5_000 * 2 ** tries) * (0.8 + 0.4 * Math.random());
    tries += 1;
    if (!done) timer = setTimeout(start, Math.max(wait, pause));
  };
  const start = () => {
    again = true;
    return (running ??= run());
  };
  return {
    now() {
      clearTimeout(timer);
      tries = 0;
      return start();
    },
  };
}
