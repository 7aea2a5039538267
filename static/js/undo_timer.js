/** The undo row goes when its time has passed; the server decides whether an undo still counts. */

/** Milliseconds left until an ISO 8601 moment; 0 where it has passed or is no moment. */
export function timeLeft(until, now) {
  const end = Date.parse(until);
  return Number.isNaN(end) ? 0 : Math.max(0, end - now);
}

/** A phone whose clock is wrong must neither keep the row all night nor lose it at once. */
export function boundedTime(left, longest = 10_000, shortest = 3_000) {
  return Math.min(longest, Math.max(shortest, left));
}

function startRow(row) {
  const hide = () => {
    if (row.contains(document.activeElement)) {
      // Someone is about to press it: leave it until they move on.
      row.addEventListener("focusout", hide, { once: true });
      return;
    }
    row.querySelector("button").hidden = true;
  };
  setTimeout(hide, boundedTime(timeLeft(row.dataset.undoUntil, Date.now())));
}

export function startUndoTimers(root) {
  root.querySelectorAll("[data-undo-until]").forEach(startRow);
}
