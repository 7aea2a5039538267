"""The bar of a long export: on a terminal only, and gone when the file is there."""

from fieldlog.cli import how_far
from fieldlog.cli.how_far import bar, progress_bar
from fieldlog.services.work_apart import Progress, tell_nobody


def test_it_says_how_much_of_how_much():
    drawn = "#" * 12 + "-" * 18
    assert bar(Progress("Writing rows", 40_000, 100_000)) == (
        f"Writing rows  {drawn}  40,000 of 100,000"
    )
    assert bar(Progress("Counting the figures")) == "Counting the figures…"


def test_it_is_drawn_on_a_terminal_and_wiped_off(monkeypatch, capsys):
    monkeypatch.setattr(how_far.sys.stderr, "isatty", lambda: True, raising=False)
    with progress_bar() as tell:
        tell(Progress("Writing rows", 1, 2))
    said = capsys.readouterr().err
    assert "Writing rows" in said
    assert said.endswith("\r\x1b[K")


def test_a_file_of_messages_has_no_bar_in_it():
    with progress_bar() as tell:
        assert tell is tell_nobody
