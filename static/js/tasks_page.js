/** The tasks of whoever is out, from this phone. */
import { openShell } from "./shell.js";
import { drawTasks } from "./tasks.js";

openShell(document, (phone) => drawTasks(document, phone));
