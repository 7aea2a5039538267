/** The tasks of whoever is out, from this phone. */
import { openShell } from "./shell.js";
import { drawTasks } from "./tasks.js";

// Whoever looks here wants to know what is new: a briefing of a minute ago is too old.
openShell(document, (phone) => drawTasks(document, phone)).then((phone) => phone?.brief());
