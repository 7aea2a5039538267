"""Settings from the environment, and what is said about a wrong one."""

import stat
import threading
from datetime import timedelta
from pathlib import Path

import pytest

from fieldlog.config import WrongSetting, from_environment, instance_folder, secret_key


@pytest.fixture
def environ(tmp_path) -> dict[str, str]:
    return {"FIELDLOG_INSTANCE": str(tmp_path / "instance")}


def test_it_needs_no_setting_but_a_folder(environ, tmp_path):
    config = from_environment(environ)
    assert config.instance == tmp_path / "instance"
    assert (config.https, config.trusted_proxies) == (False, 0)
    assert (config.idle, config.longest) == (timedelta(hours=12), timedelta(hours=16))


def test_it_reads_every_setting(environ):
    config = from_environment(
        environ
        | {
            "FIELDLOG_HTTPS": "1",
            "FIELDLOG_TRUSTED_PROXIES": "2",
            "FIELDLOG_IDLE_HOURS": "1",
            "FIELDLOG_SHIFT_HOURS": "8",
        }
    )
    assert (config.https, config.trusted_proxies) == (True, 2)
    assert (config.idle, config.longest) == (timedelta(hours=1), timedelta(hours=8))


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("FIELDLOG_HTTPS", "yes"),
        ("FIELDLOG_TRUSTED_PROXIES", "-1"),
        ("FIELDLOG_IDLE_HOURS", "0"),
        ("FIELDLOG_IDLE_HOURS", "25"),
        ("FIELDLOG_SHIFT_HOURS", "١٢"),
        ("FIELDLOG_SHIFT_HOURS", "9" * 5_000),
    ],
)
def test_a_wrong_setting_is_named(environ, name, text):
    with pytest.raises(WrongSetting, match=f"{name} is"):
        from_environment(environ | {name: text})


def test_a_checkout_keeps_its_files_beside_pyproject(tmp_path):
    (tmp_path / "pyproject.toml").touch()
    assert instance_folder({}, tmp_path / "fieldlog") == tmp_path / "instance"


def test_an_installed_fieldlog_keeps_them_where_the_system_keeps_data(tmp_path, monkeypatch):
    monkeypatch.setattr("sys.platform", "linux")
    found = instance_folder({"XDG_DATA_HOME": "/data"}, tmp_path / "site-packages" / "fieldlog")
    assert found == Path("/data/fieldlog")


def test_the_secret_key_is_made_once_and_for_its_owner_only(tmp_path):
    first = secret_key(tmp_path / "instance")
    assert len(first) == 64
    assert secret_key(tmp_path / "instance") == first
    (file,) = (tmp_path / "instance").iterdir()
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_processes_that_start_together_agree_on_the_key(tmp_path):
    keys = []
    threads = [threading.Thread(target=lambda: keys.append(secret_key(tmp_path))) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(keys) == 8
    assert len(set(keys)) == 1


def test_a_key_that_was_cut_short_is_not_used(tmp_path):
    (tmp_path / "secret_key").write_text("short")
    with pytest.raises(WrongSetting, match="too short"):
        secret_key(tmp_path)


def test_a_folder_that_cannot_be_made_is_said(tmp_path):
    (tmp_path / "file").touch()
    with pytest.raises(WrongSetting, match="Set FIELDLOG_INSTANCE"):
        secret_key(tmp_path / "file" / "instance")


class TestMail:
    def test_without_a_server_there_is_none_and_the_domains_are_the_usual(self, environ):
        mail = from_environment(environ).mail
        assert (mail.host, mail.sender) == ("", "")
        assert mail.domains == ("gov.uk", "police.uk", "nhs.net")
        assert mail.largest_file == 10 * 2**20

    def test_it_reads_every_setting(self, environ, tmp_path):
        (tmp_path / "ca.pem").touch()
        mail = from_environment(
            environ
            | {
                "FIELDLOG_SMTP_HOST": "smtp.marlbridge.gov.uk",
                "FIELDLOG_SMTP_PORT": "2525",
                "FIELDLOG_SMTP_SECURITY": "TLS",
                "FIELDLOG_SMTP_USER": "fieldlog",
                "FIELDLOG_SMTP_PASSWORD": "secret",
                "FIELDLOG_SMTP_CA": str(tmp_path / "ca.pem"),
                "FIELDLOG_MAIL_FROM": "fieldlog@marlbridge.gov.uk",
                "FIELDLOG_MAIL_DOMAINS": ".gov.uk, essex.pnn.police.uk",
                "FIELDLOG_MAIL_MAX_MB": "2",
            }
        ).mail
        assert (mail.host, mail.port, mail.security) == ("smtp.marlbridge.gov.uk", 2525, "tls")
        assert (mail.user, mail.password) == ("fieldlog", "secret")
        assert (mail.sender, mail.authorities) == (
            "fieldlog@marlbridge.gov.uk",
            str(tmp_path / "ca.pem"),
        )
        assert mail.domains == ("gov.uk", "essex.pnn.police.uk")
        assert mail.largest_file == 2 * 2**20

    @pytest.mark.parametrize(
        ("more", "message"),
        [
            ({"FIELDLOG_SMTP_SECURITY": "ssl"}, "one of starttls, tls, plain"),
            (
                {"FIELDLOG_SMTP_SECURITY": "plain", "FIELDLOG_SMTP_HOST": "smtp.marlbridge.gov.uk"},
                "is another machine",
            ),
            ({"FIELDLOG_SMTP_HOST": "smtp.marlbridge.gov.uk"}, "FIELDLOG_MAIL_FROM is “”"),
            ({"FIELDLOG_MAIL_FROM": "a@x.uk\nBcc: b"}, "the one address that mail comes from"),
            ({"FIELDLOG_MAIL_DOMAINS": "gov.uk *"}, "holds “\\*”"),
            ({"FIELDLOG_SMTP_CA": "nowhere.pem"}, "There is no such file"),
            ({"FIELDLOG_SMTP_PORT": "99999"}, "from 1 to 65535"),
        ],
    )
    def test_a_wrong_setting_is_said(self, environ, more, message):
        with pytest.raises(WrongSetting, match=message):
            from_environment(environ | more)

    @pytest.mark.parametrize("host", ["127.0.0.1", "::1", "localhost"])
    def test_plain_is_for_this_machine_alone(self, environ, host):
        more = {"FIELDLOG_SMTP_HOST": host, "FIELDLOG_SMTP_SECURITY": "plain"}
        more["FIELDLOG_MAIL_FROM"] = "a@marlbridge.gov.uk"
        assert from_environment(environ | more).mail.host == host
