"""Settings come from the environment, `.env` and files, and every mistake is named without its value."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest

from afsaet.settings import Listen, Settings, SettingsFault

TOKEN = "123456:abc-DEF_ghi"


@pytest.fixture(autouse=True)
def nothing_is_set(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [name for name in os.environ if name.upper().startswith("AFSAET_")]:
        monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)


@pytest.fixture
def given(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    return monkeypatch


def mistakes() -> list[str]:
    with pytest.raises(SettingsFault) as fault:
        Settings.load()
    return list(fault.value.mistakes)


def test_without_any_setting_everything_has_a_default(tmp_path: Path) -> None:
    settings = Settings.load()
    assert (settings.telegram_token, settings.channel_policy, settings.public_url) == (None, None, None)
    assert settings.telegram_api_url == "https://api.telegram.org"
    assert settings.telegram_mode == "polling"
    assert (settings.listen, settings.metrics_listen) == (Listen("127.0.0.1", 8000), None)
    assert settings.data_dir == tmp_path / "data"
    assert settings.key_file == tmp_path / "data" / "key"
    assert settings.database_url.get_secret_value() == f"sqlite:///{tmp_path}/data/afsaet.sqlite3"
    assert settings.municipality_dir is None
    assert settings.log_level == "info"


def test_key_and_database_lie_in_the_data_folder_that_is_set(given: pytest.MonkeyPatch, tmp_path: Path) -> None:
    given.setenv("AFSAET_DATA_DIR", "elsewhere")
    settings = Settings.load()
    assert settings.key_file == tmp_path / "elsewhere" / "key"
    assert settings.database_url.get_secret_value() == f"sqlite:///{tmp_path}/elsewhere/afsaet.sqlite3"


def test_the_environment_goes_before_the_env_file(given: pytest.MonkeyPatch) -> None:
    Path(".env").write_text("AFSAET_LOG_LEVEL=error\nAFSAET_CHANNEL_POLICY=open\nOTHER=1\n")
    given.setenv("AFSAET_LOG_LEVEL", "DEBUG")
    settings = Settings.load()
    assert (settings.log_level, settings.channel_policy) == ("debug", "open")


def test_an_empty_setting_is_not_set(given: pytest.MonkeyPatch) -> None:
    given.setenv("AFSAET_TELEGRAM_TOKEN", "")
    given.setenv("AFSAET_LISTEN", "")
    assert Settings.load().telegram_token is None


@pytest.mark.parametrize(
    ("name", "value", "field"),
    [
        ("AFSAET_TELEGRAM_TOKEN", TOKEN, "telegram_token"),
        ("AFSAET_DATABASE_URL", "postgresql://afsaet:hemmeligt@db/afsaet", "database_url"),
        ("AFSAET_MAIL_PASSWORD", "hemmeligt", "mail_password"),
    ],
)
@pytest.mark.parametrize("where", ["environment", "env file", "file", "file named in the env file"])
def test_a_secret_is_read_from_wherever_it_stands_and_never_shown(
    given: pytest.MonkeyPatch, name: str, value: str, field: str, where: str
) -> None:
    Path("secret").write_text(f"{value}\n")
    if where == "environment":
        given.setenv(name, value)
    elif where == "file":
        given.setenv(f"{name}_FILE", "secret")
    else:
        Path(".env").write_text(f"{name}={value}\n" if where == "env file" else f"{name}_FILE=secret\n")
    settings = Settings.load()
    assert getattr(settings, field).get_secret_value() == value
    assert value not in f"{settings!r}{settings}"


def test_a_secret_that_is_given_twice_is_refused(given: pytest.MonkeyPatch) -> None:
    Path("secret").write_text(TOKEN)
    given.setenv("AFSAET_TELEGRAM_TOKEN", TOKEN)
    given.setenv("AFSAET_TELEGRAM_TOKEN_FILE", "secret")
    assert mistakes() == ["AFSAET_TELEGRAM_TOKEN and AFSAET_TELEGRAM_TOKEN_FILE are both set; keep one of them."]


def test_a_secret_file_that_is_missing_or_empty_is_named_by_its_setting(given: pytest.MonkeyPatch) -> None:
    Path("empty").write_text("\n")
    given.setenv("AFSAET_TELEGRAM_TOKEN_FILE", "no-such-file")
    given.setenv("AFSAET_MAIL_PASSWORD_FILE", "empty")
    assert mistakes() == [
        "AFSAET_TELEGRAM_TOKEN cannot be read from the file that AFSAET_TELEGRAM_TOKEN_FILE names.",
        "AFSAET_MAIL_PASSWORD is empty in the file that AFSAET_MAIL_PASSWORD_FILE names.",
    ]


@pytest.mark.parametrize(
    ("value", "listen"),
    [
        ("127.0.0.1:8000", Listen("127.0.0.1", 8000)),
        ("0.0.0.0:80", Listen("0.0.0.0", 80)),
        ("localhost:0", Listen("localhost", 0)),
        ("[::1]:8000", Listen("::1", 8000)),
        ("[::]:0", Listen("::", 0)),
    ],
)
def test_an_address_to_listen_on_is_a_host_and_a_port(given: pytest.MonkeyPatch, value: str, listen: Listen) -> None:
    given.setenv("AFSAET_LISTEN", value)
    given.setenv("AFSAET_METRICS_LISTEN", value)
    settings = Settings.load()
    assert (settings.listen, settings.metrics_listen) == (listen, listen)


def test_off_and_none_are_words_for_not_set(given: pytest.MonkeyPatch) -> None:
    given.setenv("AFSAET_METRICS_LISTEN", "off")
    given.setenv("AFSAET_CHANNEL_POLICY", "none")
    settings = Settings.load()
    assert (settings.metrics_listen, settings.channel_policy) == (None, None)


@pytest.mark.parametrize("value", ["https://afsaet.example/", "https://afsaet.example", "http://127.0.0.1:8443"])
def test_the_public_address_is_https_or_on_this_machine(given: pytest.MonkeyPatch, value: str) -> None:
    given.setenv("AFSAET_PUBLIC_URL", value)
    assert Settings.load().public_url == value.rstrip("/")


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("AFSAET_TELEGRAM_TOKEN", "qwertyuiop"),
        ("AFSAET_TELEGRAM_TOKEN", "123456:qwerty uiop"),
        ("AFSAET_TELEGRAM_API_URL", "qwerty.example"),
        ("AFSAET_TELEGRAM_API_URL", "ftp://qwerty.example"),
        ("AFSAET_TELEGRAM_API_URL", "https://qwerty@api.example"),
        ("AFSAET_TELEGRAM_MODE", "qwerty"),
        ("AFSAET_CHANNEL_POLICY", "qwerty"),
        ("AFSAET_PUBLIC_URL", "http://qwerty.example"),
        ("AFSAET_PUBLIC_URL", "https://qwerty.example:99999"),
        ("AFSAET_LISTEN", "8000"),
        ("AFSAET_LISTEN", ":8000"),
        ("AFSAET_LISTEN", "::1:8000"),
        ("AFSAET_LISTEN", "qwerty:99999"),
        ("AFSAET_LISTEN", "http://qwerty:80"),
        ("AFSAET_METRICS_LISTEN", "qwerty"),
        ("AFSAET_DATABASE_URL", "mysql://root:qwerty@db"),
        ("AFSAET_LOG_LEVEL", "qwerty"),
    ],
)
def test_a_mistake_is_one_sentence_that_names_the_setting_and_not_its_value(
    given: pytest.MonkeyPatch, name: str, value: str
) -> None:
    given.setenv(name, value)
    (only,) = mistakes()
    assert re.fullmatch(rf"{name} (must|does) [^\n]+\.", only)
    assert value not in re.sub(r"127\.0\.0\.1:8000|\[::1\]:8000", "", only)
    assert "qwerty" not in only


def test_every_mistake_is_named_at_once(given: pytest.MonkeyPatch) -> None:
    given.setenv("AFSAET_LOG_LEVEL", "loud")
    given.setenv("AFSAET_LISTEN", "here")
    given.setenv("AFSAET_CHANEL_POLICY", "safe")
    assert [sentence.split(" ")[0] for sentence in mistakes()] == [
        "AFSAET_CHANEL_POLICY",
        "AFSAET_LISTEN",
        "AFSAET_LOG_LEVEL",
    ]


def test_a_misspelt_setting_is_named_with_the_right_one(given: pytest.MonkeyPatch) -> None:
    given.setenv("AFSAET_TELEGRAM_TOKN_FILE", "somewhere")
    assert mistakes() == ["AFSAET_TELEGRAM_TOKN_FILE is no setting; is it AFSAET_TELEGRAM_TOKEN_FILE you mean?"]


def test_what_others_put_in_the_environment_is_left_alone(given: pytest.MonkeyPatch) -> None:
    given.setenv("AFSAET_VERSION", "1")
    given.setenv("AFSAET_TEST_DATABASE_URL", "postgresql://test")
    Settings.load()


def test_a_webhook_needs_the_public_address(given: pytest.MonkeyPatch) -> None:
    given.setenv("AFSAET_TELEGRAM_MODE", "webhook")
    assert mistakes() == ["AFSAET_TELEGRAM_MODE is webhook, so AFSAET_PUBLIC_URL must be set too."]
    given.setenv("AFSAET_PUBLIC_URL", "https://afsaet.example")
    assert Settings.load().telegram_mode == "webhook"


def test_an_env_file_that_is_no_text_is_named() -> None:
    Path(".env").write_bytes(b"AFSAET_LOG_LEVEL=\xff\xfe")
    assert mistakes() == ["The file .env cannot be read; it must be a text file in UTF-8."]


def test_the_webhook_secret_follows_the_token_and_does_not_hold_it(given: pytest.MonkeyPatch) -> None:
    secrets = []
    for token in (TOKEN, TOKEN, "654321:other"):
        given.setenv("AFSAET_TELEGRAM_TOKEN", token)
        secrets.append(Settings.load().webhook_secret())
    assert secrets[0] == secrets[1] != secrets[2]
    assert re.fullmatch(r"[A-Za-z0-9_-]{1,256}", secrets[0])  # what Telegram accepts
    assert TOKEN.split(":")[1] not in secrets[0]
