/** The briefing, from this phone: tonight's deployments, and which premises were visited. */
import { keptPremises } from "./briefing.js";
import { copies, pairs, show } from "./marked.js";
import { openShell } from "./shell.js";

openShell(async (phone) => {
  const { deployments = [], visited = {} } = phone.briefing ?? {};
  const tonight = deployments.filter((one) => one.tonight).map(({ label, about = [] }) => ({ label, about: pairs(about) }));
  const premises = phone.who ? await keptPremises(phone.store, phone.who) : [];
  const visits = premises.filter(([id]) => visited[id]).map(([id, name]) => [name, visited[id]]);
  show({
    deployments: copies("deployment", tonight), "nothing-planned": !tonight.length,
    visits: pairs(visits), "no-visits": !visits.length,
  });
});
