/** Light and dark without leaving the page, so that a half-filled form stays. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { newBrowser } from "./browser.js";
import { ORIGIN } from "./page.js";

const remembered = (browser) => browser.cookies.getCookiesSync(ORIGIN).find(({ key }) => key === "screen")?.value;

async function open(name, browser) {
  const own = browser ?? (await newBrowser());
  const page = own.open(name, { at: name.replace("/shell", "") });
  await page.load("theme_switch");
  const theme = () => [page.document.documentElement.dataset.theme, page.document.querySelector("link[data-dark]").media];
  return { browser: own, page, theme };
}

test("a tap makes the screen dark or light, or as the device is", async () => {
  const { page, theme } = await open("/shell/entries/new/other");
  page.press("Dark");
  assert.deepEqual(theme(), ["dark", "screen"]);
  page.press("Light");
  assert.deepEqual(theme(), ["light", "not all"]);
  page.press("As this device");
  assert.deepEqual(theme(), ["auto", "screen and (prefers-color-scheme: dark)"]);
});

test("what was typed stays, and nothing is loaded", async () => {
  const { page } = await open("/shell/entries/new/other");
  page.type(page.field("Particulars"), "loud music");
  page.press("Dark");
  assert.deepEqual([page.field("Particulars").value, page.sent, page.went], ["loud music", [], []]);
});

test("the choice that is made is told from the others", async () => {
  const { page } = await open("/shell/entries/new/other");
  page.press("Dark");
  const pressed = [...page.document.querySelectorAll("[aria-pressed]")].map((one) => [one.textContent, one.getAttribute("aria-pressed")]);
  assert.deepEqual(pressed, [["As this device", "false"], ["Light", "false"], ["Dark", "true"]]);
});

test("a kept page keeps it for every page, and needs no network for that", async () => {
  const { browser, page } = await open("/shell/entries/new/other");
  page.press("Dark");
  assert.deepEqual([remembered(browser), browser.asked], ["dark", []]);
});

test("the server’s page keeps it as well", async () => {
  const { browser, page } = await open("/tonight");
  page.press("Light");
  assert.deepEqual([remembered(browser), page.sent], ["light", []]);
});

test("each page keeps anew what was chosen, for a year, and nothing where nobody has chosen", async () => {
  const browser = await newBrowser();
  await open("/tonight", browser);
  assert.equal(remembered(browser), undefined);
  browser.cookies.setCookieSync("screen=dark; Max-Age=60", ORIGIN);
  await open("/tonight", browser);
  const [{ key, value, maxAge }] = browser.cookies.getCookiesSync(ORIGIN);
  assert.deepEqual([key, value, maxAge], ["screen", "dark", 31_536_000]);
});
