/** The briefing, from this phone: tonight's deployments, and which premises were visited. */
import { keptPremises } from "./briefing.js";
import { copyOf, drawPairs, openShell, part } from "./shell.js";

async function draw(root, phone) {
  const { deployments = [], visited = {} } = phone.briefing ?? {};
  const tonight = deployments.filter((one) => one.tonight);
  part(root, "nothing-planned").hidden = tonight.length > 0;
  part(root, "deployments").replaceChildren(...tonight.map((one) => {
    const section = copyOf(root, "deployment");
    section.firstElementChild.textContent = one.label;
    drawPairs(root, section.lastElementChild, one.about ?? []);
    return section;
  }));
  const visits = phone.who ? (await keptPremises(phone.store, phone.who)).filter(([id]) => visited[id]) : [];
  drawPairs(root, part(root, "visits"), visits.map(([id, name]) => [name, visited[id]]));
  part(root, "visits").hidden = !visits.length;
  part(root, "no-visits").hidden = visits.length > 0;
}

openShell(document, (phone) => draw(document, phone));
