/** Start what a page asks for; every page works without any of it. */
import { CharacterCount, ErrorSummary, SkipLink, createAll } from "../vendor/govuk-frontend-6.3.0/govuk-frontend.min.js";
import { startCounters } from "./counters.js";
import { startFitting } from "./fitting.js";
import { startNarrowFolds } from "./narrow_fold.js";
import { startPhone } from "./phone.js";
import { startPremisesSearch } from "./premises_search.js";
import { startSubmitOnce } from "./submit_once.js";
import { startThemeSwitch } from "./theme_switch.js";
import { startUndoTimers } from "./undo_timer.js";

// The kit looks for these two classes; set here so that no inline script is needed.
document.body.classList.add("js-enabled", "govuk-frontend-supported");
for (const component of [ErrorSummary, CharacterCount, SkipLink]) {
  createAll(component);
}
startCounters(document);
startNarrowFolds(document);
// A kept page searches the register that is kept with it (entry_page.js).
if (!document.querySelector("meta[name=fieldlog-lists]")) {
  startPremisesSearch(document);
  startFitting(document);
}
startSubmitOnce(document);
startThemeSwitch(document);
startUndoTimers(document);
startPhone(document);
