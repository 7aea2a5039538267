/** My entries of tonight, from this phone. */
import { drawFeed, lines } from "./feed.js";
import { openShell } from "./shell.js";

openShell(document, (phone) => drawFeed(document, lines(phone.rows, phone.briefing, phone.sending)));
