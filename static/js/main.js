/** Start what a page asks for; every page works without any of it. What only some pages have is fetched there. */
import "./keep_focus.js";
import { startPhone } from "./phone.js";
import { startSubmitOnce } from "./submit_once.js";
import "./theme_switch.js";

const root = document;
const has = (selector) => root.querySelector(selector);

// The kit looks for these two classes; set here so that no inline script is needed.
root.body.classList.add("js-enabled", "govuk-frontend-supported");
startSubmitOnce(root);
if (has("[data-module$=summary], [data-module$=count]")) {
  import("../vendor/govuk-frontend-6.3.0/govuk-frontend.min.js").then((kit) => {
    kit.createAll(kit.ErrorSummary);
    kit.createAll(kit.CharacterCount);
  });
}
if (has("[data-counter]")) import("./counters.js");
// A kept page searches the register that is kept with it (entry_page.js).
if (!has("meta[name=fieldlog-lists]")) {
  if (has("[data-premises-search]")) import("./premises_search.js").then(({ startPremisesSearch }) => startPremisesSearch(root));
  if (has("[data-deals-with]")) import("./fitting.js").then(({ startFitting }) => startFitting(root));
}
startPhone(root);
