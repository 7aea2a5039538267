/** Moments as the server writes them and as the screen says them. */

/** `2020-12-05T21:40:03Z` */
export function utcText(milliseconds) {
  return `${new Date(milliseconds).toISOString().slice(0, 19)}Z`;
}

const uk = (options) => new Intl.DateTimeFormat("en-GB", { timeZone: "Europe/London", ...options });
const clock = uk({ hour: "2-digit", minute: "2-digit", hour12: false });
const day = uk({ weekday: "long", day: "numeric", month: "long", year: "numeric" });
const date = uk({ day: "numeric", month: "long" });

/** `21:40`, in the United Kingdom. */
export function saysTime(moment) {
  return clock.format(new Date(moment));
}

/** `Saturday 5 December 2020` of an ISO date. */
export function saysDay(isoDate) {
  return day.format(new Date(`${isoDate}T12:00:00Z`)).replace(",", "");
}

/** `21:40`, with the date where that is not today. */
export function saysWhen(moment, now) {
  const [one, other] = [date.format(new Date(moment)), date.format(new Date(now))];
  return one === other ? saysTime(moment) : `${saysTime(moment)}, ${one}`;
}

/** How old something is, in words. */
export function saysAge(milliseconds) {
  const minutes = Math.floor(milliseconds / 60_000);
  if (minutes < 2) return "just now";
  if (minutes < 90) return `${minutes} minutes ago`;
  const hours = Math.round(minutes / 60);
  return hours < 48 ? `${hours} hours ago` : `${Math.round(hours / 24)} days ago`;
}
