/** Modules of one page alone: copies that find that page's document, timers and network where a browser has them. */
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

const STATIC = new URL("../../static/", import.meta.url);
const LIBRARIES = ["idb-8.0.4/idb.js", "idiomorph-0.8.0/idiomorph.js", "govuk-frontend-6.3.0/govuk-frontend.min.js"];
const read = (path) => [path, readFileSync(new URL(path, STATIC), "utf8")];
const ours = readdirSync(new URL("js/", STATIC)).filter((name) => name.endsWith(".js")).map((name) => read(`js/${name}`));
const files = [...ours, ...LIBRARIES.map((name) => read(`vendor/${name}`))];

const tabs = mkdtempSync(join(tmpdir(), "fieldlog-tabs-"));
process.on("exit", () => rmSync(tabs, { recursive: true }));
writeFileSync(join(tabs, "package.json"), '{"type": "module"}');
const scopes = (globalThis.fieldlogTabs = []);

/** Returns `load(name)`, which loads a module of static/js once. `scope` has what the modules find around them, by its names. */
export function modulesOf(scope) {
  const number = scopes.push(scope) - 1;
  const folder = join(tabs, String(number));
  // On the first line of each file, so that a line in an error is the line in the checkout.
  const names = `const { ${Object.keys(scope).join(", ")} } = global.fieldlogTabs[${number}];`;
  for (const [path, source] of files) {
    const file = join(folder, path);
    mkdirSync(join(file, ".."), { recursive: true });
    writeFileSync(file, `${names} ${source}`);
  }
  return (name) => import(pathToFileURL(join(folder, "js", `${name}.js`)));
}
