"""A thumb on a page: reads the form as a browser would, taps what is there, counts the taps."""

from dataclasses import dataclass, field
from html.parser import HTMLParser

from werkzeug.test import TestResponse

from tests.web.browser import Browser

VOID = {"area", "base", "br", "hr", "img", "input", "link", "meta", "source"}


@dataclass
class Control:
    """Something of a form that can be filled in or tapped; ``folded`` needs a tap to be seen."""

    name: str
    kind: str
    value: str
    chosen: bool
    folded: bool


@dataclass
class Form:
    """One form of a page, as it would be sent if nothing were touched."""

    action: str
    controls: list[Control] = field(default_factory=list)

    def values(self) -> dict[str, str]:
        """What a browser sends, buttons left out."""
        return {c.name: c.value for c in self.controls if c.chosen and c.kind != "submit"}

    def offered(self, name: str) -> list[str]:
        """The values of a group of buttons, in their order."""
        return [c.value for c in self.controls if c.name == name]


class Screen(HTMLParser):
    """The forms, links and words of a page."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.forms: list[Form] = []
        self.links: dict[str, str] = {}
        self.text = ""
        self._form: Form | None = None
        self._area: Control | None = None
        self._link: str | None = None
        self._select = ""
        self._folds: list[bool] = []
        self._in_summary = False
        self.feed(html)
        self.close()
        self.text = " ".join(self.text.split())

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = {name: value or "" for name, value in attrs}
        if tag == "form":
            self._form = Form(found.get("action", ""))
            self.forms.append(self._form)
        elif tag == "details":
            self._folds.append("open" not in found)
        elif tag == "a":
            self._link = ""
            self.links[""] = found.get("href", "")
        elif tag == "select":
            self._select = found.get("name", "")
        elif tag in {"input", "button", "textarea", "option"} and self._form is not None:
            self._control(tag, found)

    def _control(self, tag: str, found: dict[str, str]) -> None:
        kind = found.get("type", {"button": "submit", "textarea": "text"}.get(tag, "text"))
        name = self._select if tag == "option" else found.get("name", "")
        chosen = kind not in {"radio", "checkbox"} or "checked" in found
        if tag == "option":
            chosen = "selected" in found
        control = Control(name, kind, found.get("value", ""), chosen, any(self._folds))
        if name and self._form is not None:
            self._form.controls.append(control)
        if tag == "textarea":
            self._area = control

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._form = None
        elif tag == "details":
            self._folds.pop()
        elif tag == "textarea" and self._area is not None:
            # A browser reads every line end alike, and drops one that follows the opening tag.
            self._area.value = self._area.value.replace("\r\n", "\n").removeprefix("\n")
            self._area = None
        elif tag == "a" and self._link is not None:
            self.links[" ".join(self._link.split())] = self.links.pop("")
            self._link = None

    def handle_data(self, data: str) -> None:
        if self._area is not None:
            self._area.value += data
        else:
            self.text += data + " "
        if self._link is not None:
            self._link += data

    def form(self, *names: str) -> Form:
        """The form that holds a control of each of ``names``."""
        for form in self.forms:
            if {*names} <= {control.name for control in form.controls}:
                return form
        raise AssertionError(f"No form holds {names}")


class Thumb:
    """One officer's thumb. ``said`` is what the form on the screen would send now."""

    def __init__(self, browser: Browser) -> None:
        self.browser = browser
        self.taps = 0
        self.said: dict[str, str] = {}
        self._opened: set[str] = set()

    def open(self, path: str, form: str = "opened_at") -> Screen:
        """Go to a page; its main form is the one with a control named ``form``."""
        return self._look(self.browser.get(path), form)

    def tap_link(self, words: str) -> Screen:
        """Tap a link of the screen by its words."""
        self.taps += 1
        return self.open(self.screen.links[words])

    def tap(self, name: str, value: str) -> None:
        """Tap a button of a group; one that is folded away takes a tap more."""
        control = next(c for c in self.form.controls if (c.name, c.value) == (name, value))
        self._unfold(control)
        self.taps += 1
        self.said[name] = value

    def tap_plus(self, name: str) -> None:
        """Tap the + of a counter."""
        self._unfold(next(c for c in self.form.controls if c.name == name))
        self.taps += 1
        self.said[name] = str(int(self.said.get(name) or 0) + 1)

    def choose_premises(self, letters: str, which: int = 0) -> dict[str, str]:
        """Type a few letters and tap one of what is found."""
        found = self.browser.get("/premises/search", query_string={"q": letters})
        assert found.json is not None
        one: dict[str, str] = found.json["premises"][which]
        self.taps += 1
        self.said |= {"place": one["name"], "premises_id": str(one["id"])}
        return one

    def type(self, **said: str) -> None:
        """Type into fields that the form has."""
        for name, text in said.items():
            assert name in {control.name for control in self.form.controls}, name
            self.said[name] = text

    def save(self, path: str | None = None) -> TestResponse:
        """Tap Save; look at the page that comes back, if it is one.

        A browser sends every line end as CRLF.
        """
        self.taps += 1
        sent = {name: text.replace("\n", "\r\n") for name, text in self.said.items()}
        answer = self.browser.post(path or self.path, data=sent)
        if answer.status_code not in {302, 303}:
            self._look(answer, "opened_at")
        return answer

    def _look(self, answer: TestResponse, form: str) -> Screen:
        assert answer.status_code < 600
        self.path = answer.request.full_path.rstrip("?")
        self.screen = Screen(answer.get_data(as_text=True))
        holding = [f for f in self.screen.forms if f.offered(form)]
        if holding:
            self.form = holding[0]
            self.said = self.form.values()
        return self.screen

    def _unfold(self, control: Control) -> None:
        if control.folded and "fold" not in self._opened:
            self._opened.add("fold")
            self.taps += 1
