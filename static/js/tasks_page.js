/** The tasks of whoever is out, from this phone. */
import { openShell } from "./shell.js";
import { drawTasks } from "./tasks.js";

// Whoever looks here wants to know what is new: a briefing of a minute ago is too old.
openShell(drawTasks).then((phone) => phone?.brief());
