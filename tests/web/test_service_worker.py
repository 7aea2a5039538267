"""The service worker and the manifest: what a phone needs to keep fieldlog."""

import json
import re

from fieldlog.resources import static_folder
from fieldlog.web.service_worker import version


def listed(source: str, name: str):
    return json.loads(re.search(rf"^const {name} = (.*);$", source, re.MULTILINE)[1])


def test_it_is_asked_for_again_each_time_and_may_serve_the_whole_site(client):
    answer = client.get("/sw.js")
    assert answer.mimetype == "text/javascript"
    assert answer.headers["Cache-Control"] == "no-cache"


def test_everything_it_keeps_is_there(client):
    source = client.get("/sw.js").text
    kept = listed(source, "FILES") + listed(source, "SHELLS")
    assert len(kept) > 40
    assert {path: answer for path in kept if (answer := client.get(path).status_code) != 200} == {}


def test_it_keeps_every_file_that_a_shell_names(client):
    source = client.get("/sw.js").text
    files = set(listed(source, "FILES"))
    for shell in listed(source, "SHELLS"):
        named = re.findall(r'(?:src|href)="(/static/[^"]+)"', client.get(shell).text)
        assert set(named) - files == set(), shell


def test_it_keeps_every_module_that_a_module_imports(client):
    files = set(listed(client.get("/sw.js").text, "FILES"))
    for path in (one for one in files if "/js/" in one):
        folder = path.rsplit("/", 1)[0]
        for imported in re.findall(r'from "\./([^"]+)"', client.get(path).text):
            assert f"{folder}/{imported}" in files, path


def test_its_version_changes_with_any_file_a_phone_keeps(tmp_path):
    static, templates = tmp_path / "static", tmp_path / "templates"
    for folder in (static, templates):
        folder.mkdir()
    (static / "a.css").write_text("p {}")
    (templates / "a.html").write_text("<p>")
    before = version(static, templates)
    version.cache_clear()
    (templates / "a.html").write_text("<b>")
    assert version(static, templates) != before
    version.cache_clear()


def test_it_never_takes_over_by_itself():
    source = (static_folder() / "sw.js").read_text(encoding="utf-8")
    assert source.count("skipWaiting") == 1
    assert 'event.data === "take over"' in source
    assert "clients.claim" not in source


def test_the_manifest_names_icons_that_are_there(client):
    manifest = client.get("/manifest.webmanifest").json
    assert (manifest["start_url"], manifest["display"]) == ("/tonight", "standalone")
    assert {icon["purpose"] for icon in manifest["icons"]} == {"any", "maskable"}
    for icon in manifest["icons"]:
        picture = client.get(icon["src"])
        assert picture.mimetype == "image/png"
        width = int.from_bytes(picture.data[16:20], "big")
        assert icon["sizes"] == f"{width}x{width}"
