/** Moments as the server writes them and as the screen says them. */

/** `2020-12-05T21:40:03Z` */
export function utcText(milliseconds) {
  return `${new Date(milliseconds).toISOString().slice(0, 19)}Z`;
}

/** A way to say moments as the United Kingdom does. */
function saying(options) {
  const format = new Intl.DateTimeFormat("en-GB", { timeZone: "Europe/London", ...options });
  return (moment) => format.format(new Date(moment));
}

const saysDate = saying({ day: "numeric", month: "long" });
const saysFully = saying({ dateStyle: "full" });

/** `21:40` */
export const saysTime = saying({ timeStyle: "short" });

/** `Saturday 5 December 2020` of an ISO date. */
export function saysDay(isoDate) {
  return saysFully(isoDate).replace(",", "");
}

/** `21:40`, with the date where that is not today. */
export function saysWhen(moment, now) {
  const day = saysDate(moment);
  return saysTime(moment) + (day === saysDate(now) ? "" : `, ${day}`);
}

/** How old something is, in words. */
export function saysAge(milliseconds) {
  const minutes = Math.floor(milliseconds / 60_000);
  if (minutes < 2) return "just now";
  if (minutes < 90) return `${minutes} minutes ago`;
  const hours = Math.round(minutes / 60);
  return hours < 48 ? `${hours} hours ago` : `${Math.round(hours / 24)} days ago`;
}
