/** My entries of tonight, from this phone. */
import { drawFeed, lines } from "./feed.js";
import { openShell } from "./shell.js";

openShell(({ rows, briefing, sending }) => drawFeed(lines(rows, briefing, sending)));
