/** My entries of tonight, from this phone. */
import { drawFeed } from "./feed.js";
import { openShell } from "./shell.js";

openShell(drawFeed);
