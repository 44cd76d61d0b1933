"""The technical settings: AFSAET_* from the environment or `.env`, each secret also from a file."""

from __future__ import annotations

import hashlib
import hmac
import re
from collections.abc import Mapping
from difflib import get_close_matches
from pathlib import Path
from typing import Annotated, Any, Literal, NamedTuple
from urllib.parse import SplitResult, urlsplit

from pydantic import AfterValidator, BeforeValidator, Field, SecretStr, ValidationError, ValidationInfo, model_validator
from pydantic.fields import FieldInfo
from pydantic_core import ErrorDetails
from pydantic_settings import (
    BaseSettings,
    DotEnvSettingsSource,
    EnvSettingsSource,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
)

PREFIX = "AFSAET_"
SECRETS = ("telegram_token", "database_url", "mail_password")


class SettingsFault(Exception):  # noqa: N818 - "fault" is the word the command line and its exit codes use
    """The settings cannot be used. `mistakes` has one plain sentence for each; none holds a value."""

    def __init__(self, mistakes: list[str]) -> None:
        super().__init__("\n".join(mistakes))
        self.mistakes = tuple(mistakes)


class Listen(NamedTuple):
    """Where to listen. Port 0 takes a free one. An IPv6 host stands without its brackets."""

    host: str
    port: int


class _InFile(NamedTuple):
    path: str
    also_given: bool


def _secret(value: object, info: ValidationInfo) -> object:
    if not isinstance(value, _InFile):
        return value
    name = f"{PREFIX}{info.field_name}_FILE".upper()
    if value.also_given:
        raise ValueError(f"and {name} are both set; keep one of them.")
    try:
        content = Path(value.path).expanduser().read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError):
        raise ValueError(f"cannot be read from the file that {name} names.") from None
    if not content:
        raise ValueError(f"is empty in the file that {name} names.")
    return content


def _token(token: SecretStr | None) -> SecretStr | None:
    if token and not re.fullmatch(r"\d+:[\w-]+", token.get_secret_value()):
        raise ValueError("does not look like a bot token: a number, a colon and letters, as BotFather gave it.")
    return token


def _database(url: SecretStr) -> SecretStr:
    if not url.get_secret_value().startswith(("sqlite:///", "postgresql://", "postgresql+psycopg://")):
        raise ValueError('must begin with "sqlite:///" or "postgresql://".')
    return url


def _parts(url: str) -> SplitResult | None:
    """The parts of an address that has a host and no more than a path after it."""
    try:
        parts = urlsplit(url)
        plain = parts.hostname and parts.port != 0 and not (parts.query or parts.fragment or "@" in parts.netloc)
    except ValueError:
        return None
    return parts if plain else None


def _api_url(url: str) -> str:
    parts = _parts(url)
    if parts is None or parts.scheme not in {"http", "https"}:
        raise ValueError('must be an address that begins with "https://" or "http://".')
    return url.rstrip("/")


def _public_url(url: str) -> str:
    parts = _parts(url)
    on_this_machine = parts is not None and parts.hostname in {"localhost", "127.0.0.1", "::1"}
    if parts is None or not (parts.scheme == "https" or (parts.scheme == "http" and on_this_machine)):
        raise ValueError('must be an address that begins with "https://".')
    return url.rstrip("/")


def _listen(value: object) -> object:
    if not isinstance(value, str):
        return value
    try:
        parts = urlsplit(f"//{value}")
        host, port = parts.hostname, parts.port
    except ValueError:
        host = port = None
    if not host or port is None or "@" in value or parts.netloc != value:
        raise ValueError("must be an address and a port, such as 127.0.0.1:8000 or [::1]:8000.")
    return Listen(host, port)


def _unless(word: str) -> BeforeValidator:
    """A setting may say in a word that it is not set."""
    return BeforeValidator(lambda value: None if isinstance(value, str) and value.lower() == word else value)


def _small(value: object) -> object:
    return value.lower() if isinstance(value, str) else value


def _absolute(path: Path) -> Path:
    return path.expanduser().absolute()


Secret = Annotated[SecretStr, BeforeValidator(_secret)]
Folder = Annotated[Path, AfterValidator(_absolute)]
ListenAt = Annotated[Listen, BeforeValidator(_listen)]


class _SecretFiles(PydanticBaseSettingsSource):
    """What AFSAET_…_FILE says about the secrets. The file is read when the setting is checked."""

    def __init__(self, settings: type[BaseSettings], given: Mapping[str, str | None]) -> None:
        super().__init__(settings)
        self._given = given

    def get_field_value(self, field: FieldInfo, field_name: str) -> tuple[Any, str, bool]:
        name = f"{PREFIX}{field_name}".lower()
        path = self._given.get(f"{name}_file") if field_name in SECRETS else None
        return (_InFile(path, also_given=bool(self._given.get(name))) if path else None), field_name, False

    def __call__(self) -> dict[str, Any]:
        found = {name: self.get_field_value(field, name)[0] for name, field in Settings.model_fields.items()}
        return {name: value for name, value in found.items() if value is not None}


class Settings(BaseSettings):
    """Every setting is a field: `telegram_token` is AFSAET_TELEGRAM_TOKEN. Paths are absolute."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX,
        env_file=".env",
        env_file_encoding="utf-8",
        env_ignore_empty=True,
        enable_decoding=False,
        extra="ignore",
        frozen=True,
        hide_input_in_errors=True,
    )

    telegram_token: Annotated[Secret | None, AfterValidator(_token)] = None
    telegram_api_url: Annotated[str, AfterValidator(_api_url)] = "https://api.telegram.org"
    telegram_mode: Annotated[Literal["polling", "webhook"], BeforeValidator(_small)] = "polling"
    channel_policy: Annotated[Literal["safe", "open"] | None, _unless("none"), BeforeValidator(_small)] = None
    public_url: Annotated[str, AfterValidator(_public_url)] | None = None
    listen: ListenAt = Listen("127.0.0.1", 8000)
    metrics_listen: Annotated[ListenAt | None, _unless("off")] = None
    data_dir: Folder = Path("data")
    database_url: Annotated[Secret, AfterValidator(_database)] = Field(
        default_factory=lambda fields: SecretStr(f"sqlite:///{fields['data_dir'].as_posix()}/afsaet.sqlite3")
    )
    key_file: Folder = Field(default_factory=lambda fields: fields["data_dir"] / "key")
    municipality_dir: Folder | None = None
    mail_password: Secret | None = None
    log_level: Annotated[Literal["debug", "info", "warning", "error"], BeforeValidator(_small)] = "info"

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        return init_settings, _SecretFiles(settings_cls, _given()), env_settings, dotenv_settings

    @model_validator(mode="after")
    def _webhook_has_an_address(self) -> Settings:
        if self.telegram_mode == "webhook" and self.public_url is None:
            raise ValueError("AFSAET_TELEGRAM_MODE is webhook, so AFSAET_PUBLIC_URL must be set too.")
        return self

    @staticmethod
    def load() -> Settings:
        """The settings of this process. Raises SettingsFault with a sentence for every mistake, a misspelt
        name among them."""
        try:
            misspelt = _misspelt()
            settings = Settings()
        except ValidationError as error:
            errors = error.errors(include_url=False, include_input=False)
            # A default that is made from other settings is not made when one of them is wrong; that is no mistake.
            mistakes = [each for each in errors if each["type"] != "default_factory_not_called"]
            raise SettingsFault([*misspelt, *map(_sentence, mistakes)]) from None
        except (OSError, UnicodeDecodeError):
            raise SettingsFault(["The file .env cannot be read; it must be a text file in UTF-8."]) from None
        if misspelt:
            raise SettingsFault(misspelt)
        return settings

    def webhook_secret(self) -> str:
        """What Telegram must send along with every webhook call: 64 hexadecimal digits, derived from the bot
        token one way. Only for use with a token."""
        assert self.telegram_token is not None
        return hmac.new(self.telegram_token.get_secret_value().encode(), b"afsaet webhook", hashlib.sha256).hexdigest()


def _given() -> Mapping[str, str | None]:
    """What `.env` and the environment hold, by names in small letters; the environment goes first."""
    return {**DotEnvSettingsSource(Settings).env_vars, **EnvSettingsSource(Settings).env_vars}


def _misspelt() -> list[str]:
    known = {f"{PREFIX}{name}".lower() for name in (*Settings.model_fields, *(f"{name}_file" for name in SECRETS))}
    strange = sorted(name for name in _given() if name.startswith(PREFIX.lower()) and name not in known)
    near = {name: get_close_matches(name, known, n=1, cutoff=0.93) for name in strange}
    return [
        f"{name.upper()} is no setting; is it {found[0].upper()} you mean?" for name, found in near.items() if found
    ]


def _sentence(error: ErrorDetails) -> str:
    context = error.get("ctx", {})
    what = str(context["error"]) if error["type"] == "value_error" else f"must be {context.get('expected', 'a text')}."
    return f"{PREFIX}{error['loc'][0]}".upper() + f" {what}" if error["loc"] else what
