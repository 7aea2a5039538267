"""What is true of every page: its title, its one heading, its labels, ids and forms."""

import re
from collections import Counter
from html.parser import HTMLParser

VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "wbr"}
LABELLED = {"input", "select", "textarea"}
NEEDS_NO_LABEL = {"hidden", "submit", "button", "image", "reset"}
TITLE = re.compile(r"(Error: )?\S.* – fieldlog")

Attributes = dict[str, str]


class Page(HTMLParser):
    """What a page is made of, as far as the rules need it."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.doctype = ""
        self.title = ""
        self.tags: list[tuple[str, Attributes]] = []
        self.unlabelled: list[Attributes] = []
        self.forms_without_token: list[str] = []
        self.nesting: list[str] = []
        self.crossed: list[str] = []
        self._form: Attributes | None = None
        self._token = False
        self.feed(html)
        self.close()

    def handle_decl(self, decl: str) -> None:
        self.doctype = decl

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = {name: value or "" for name, value in attrs}
        self.tags.append((tag, attributes))
        if tag == "form":
            self._form, self._token = attributes, False
        if attributes.get("name") == "csrf_token":
            self._token = bool(attributes.get("value"))
        if tag in LABELLED and attributes.get("type") not in NEEDS_NO_LABEL:
            inside_label = "label" in self.nesting
            named = "aria-label" in attributes or "aria-labelledby" in attributes
            if not (inside_label or named):
                self.unlabelled.append(attributes)
        if tag not in VOID:
            self.nesting.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.nesting.pop()

    def handle_endtag(self, tag: str) -> None:
        if tag == "form" and self._form is not None:
            if self._form.get("method", "get").lower() == "post" and not self._token:
                self.forms_without_token.append(self._form.get("action", "itself"))
            self._form = None
        if self.nesting and self.nesting[-1] == tag:
            self.nesting.pop()
        else:
            self.crossed.append(tag)

    def handle_data(self, data: str) -> None:
        if self.nesting[-1:] == ["title"] and "svg" not in self.nesting:
            self.title += data

    def all(self, tag: str) -> list[Attributes]:
        return [attributes for name, attributes in self.tags if name == tag]

    def values(self, attribute: str) -> list[str]:
        return [found[attribute] for _, found in self.tags if attribute in found]


def broken_rules(html: str) -> list[str]:
    """Return what is wrong with a page, in words; an empty list for a good one."""
    page = Page(html)
    return [*_frame(page), *_references(page), *_forms(page), *_policy(page)]


def _frame(page: Page) -> list[str]:
    wrong = []
    if page.doctype.lower() != "doctype html":
        wrong.append("no <!DOCTYPE html>")
    if [found.get("lang") for found in page.all("html")] != ["en-GB"]:
        wrong.append("the page does not say that it is in British English")
    if not TITLE.fullmatch(page.title.strip()):
        wrong.append(f"the title {page.title.strip()!r} is not like “Tallies – fieldlog”")
    if len(page.all("h1")) != 1:
        wrong.append(f"{len(page.all('h1'))} <h1> instead of one")
    if len(page.all("main")) != 1:
        wrong.append(f"{len(page.all('main'))} <main> instead of one")
    if page.crossed or page.nesting:
        wrong.append(f"tags that do not pair: {page.crossed or page.nesting}")
    return wrong


def _references(page: Page) -> list[str]:
    ids = Counter(page.values("id"))
    wrong = [f"id {name!r} is used {times} times" for name, times in ids.items() if times > 1]
    for attribute in ("for", "aria-describedby", "aria-labelledby", "aria-controls"):
        for value in page.values(attribute):
            missing = [name for name in value.split() if name not in ids]
            wrong += [f"{attribute}={name!r} points at nothing" for name in missing]
    for link in page.all("a"):
        target = link.get("href", "")
        if target.startswith("#") and target[1:] not in ids:
            wrong.append(f"a link to {target!r} that is not on the page")
    return wrong


def _forms(page: Page) -> list[str]:
    labels = set(page.values("for"))
    wrong = [
        f"{found.get('name') or found} has no label"
        for found in page.unlabelled
        if found.get("id") not in labels
    ]
    wrong += [f"the form for {action} has no CSRF token" for action in page.forms_without_token]
    wrong += ["a picture without alt" for found in page.all("img") if "alt" not in found]
    return wrong


def _policy(page: Page) -> list[str]:
    wrong = [
        f"an inline {name} attribute on <{tag}>, which the content policy forbids"
        for tag, found in page.tags
        for name in found
        if name == "style" or name.startswith("on")
    ]
    wrong += ["an inline <script>" for found in page.all("script") if "src" not in found]
    wrong += ["an inline <style>" for _ in page.all("style")]
    return wrong
