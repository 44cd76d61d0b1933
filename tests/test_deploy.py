"""What is in deploy/ starts the program as it is, with the least rights, and carries no secret."""

from __future__ import annotations

import configparser
import os
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
import typer.main
import yaml
from typer.core import TyperGroup

from afsaet.cli import app
from afsaet.settings import SECRETS, Settings

ROOT = Path(__file__).parents[1]
DEPLOY = ROOT / "deploy"
CONTAINERFILE = (DEPLOY / "Containerfile").read_text(encoding="utf-8")
COMPOSE: dict[str, Any] = yaml.safe_load((DEPLOY / "compose.yaml").read_text(encoding="utf-8"))
SERVICES: dict[str, Any] = COMPOSE["services"]
UNIT = DEPLOY / "afsaet.service"
FILES = [path for path in sorted(DEPLOY.iterdir()) if path.is_file()]
KNOWN = {f"AFSAET_{name}".upper() for name in (*Settings.model_fields, *(f"{name}_file" for name in SECRETS))}


def instructions() -> list[tuple[str, str]]:
    """The container file, an instruction a line."""
    joined = re.sub(r"\\\n", " ", re.sub(r"^#.*\n", "", CONTAINERFILE, flags=re.MULTILINE))
    return [(word, rest) for word, _, rest in (line.partition(" ") for line in joined.splitlines() if line)]


def unit() -> dict[str, list[str]]:
    """The values of the unit's [Service], by name; a name may stand more than once."""
    section = UNIT.read_text(encoding="utf-8").partition("[Service]")[2].partition("[Install]")[0]
    values: dict[str, list[str]] = {}
    for name, value in re.findall(r"^(\w+)=(.*)$", section, re.MULTILINE):
        values.setdefault(name, []).append(value)
    return values


def is_command(words: list[str]) -> bool:
    command: Any = typer.main.get_command(app)
    for word in words:
        command = command.commands[word]
    return not isinstance(command, TyperGroup)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_every_setting_named_is_one(path: Path) -> None:
    assert set(re.findall(r"AFSAET_[A-Z_]*[A-Z]", path.read_text(encoding="utf-8"))) <= KNOWN


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_no_secret_stands_in_a_file(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert not re.search(r"\d{6,}:[\w-]{20,}|://\w+:[\w-]+@", text), "a token or a password"
    secret = "|".join(f"AFSAET_{name}".upper() for name in SECRETS)
    assert not re.search(rf"(?:{secret}|PASSWORD)\s*[=:]\s*\S", text)


# The image


def test_the_image_runs_the_service_as_a_user_without_rights() -> None:
    lines = instructions()
    user = [rest for word, rest in lines if word == "USER"][-1]
    assert not user.startswith(("0", "root"))
    entry, command = (
        yaml.safe_load([rest for word, rest in lines if word == wanted][-1]) for wanted in ("ENTRYPOINT", "CMD")
    )
    assert entry == ["afsaet"] and is_command(command)


def test_the_image_takes_plainly_named_bases_pinned_packages_and_files_that_are_there() -> None:
    lines = instructions()
    assert all(re.match(r"[a-z]+:[\w.-]+( AS \w+)?$", rest) for word, rest in lines if word == "FROM")
    assert not [rest for word, rest in lines if word in {"ARG", "ADD"}]
    installs = [rest for word, rest in lines if word == "RUN" and "pip install" in rest]
    assert len(installs) == 2
    assert all("--require-hashes" in line or "--no-deps --no-build-isolation" in line for line in installs)
    copied = [rest.split()[:-1] for word, rest in lines if word == "COPY" and not rest.startswith("--from")]
    assert copied and all((ROOT / name).exists() for names in copied for name in names)
    handed_over = (DEPLOY / "Containerfile.dockerignore").read_text(encoding="utf-8").splitlines()
    assert {name for names in copied for name in names} == {line[1:] for line in handed_over if line.startswith("!")}


# Compose


@pytest.mark.parametrize("name", SERVICES)
def test_every_service_has_the_least_rights(name: str) -> None:
    service = SERVICES[name]
    assert service["read_only"] is True
    assert service["cap_drop"] == ["ALL"] and "cap_add" not in service
    assert service["security_opt"] == ["no-new-privileges:true"]
    assert service["user"] and not service["user"].startswith(("0", "root"))
    assert not service.get("privileged")


def test_secrets_are_files_that_each_service_gets_only_if_it_reads_them() -> None:
    assert all(list(secret) == ["file"] for secret in COMPOSE["secrets"].values())
    for name, service in SERVICES.items():
        read = {value for value in service["environment"].values() if str(value).startswith("/run/secrets/")}
        assert read == {f"/run/secrets/{secret}" for secret in service["secrets"]}, name
        assert all(key.endswith("_FILE") for key, value in service["environment"].items() if value in read)


def test_the_service_waits_for_the_upgrade_and_the_upgrade_for_the_database() -> None:
    healthy = {"condition": "service_healthy"}
    assert SERVICES["upgrade"]["depends_on"] == {"database": healthy}
    assert SERVICES["afsaet"]["depends_on"] == {
        "database": healthy, "upgrade": {"condition": "service_completed_successfully"}
    }  # fmt: skip
    assert SERVICES["upgrade"]["restart"] == "no"
    assert is_command(SERVICES["upgrade"]["command"]) and is_command(SERVICES["afsaet"]["command"])


def test_only_the_service_can_be_reached_and_only_from_this_machine() -> None:
    assert [name for name, service in SERVICES.items() if "ports" in service] == ["afsaet"]
    assert SERVICES["afsaet"]["ports"] == ["127.0.0.1:8000:8000"]
    assert COMPOSE["networks"]["inside"] == {"internal": True}
    assert SERVICES["database"]["networks"] == SERVICES["upgrade"]["networks"] == ["inside"]


def test_the_health_check_asks_where_the_service_listens() -> None:
    (asked,) = re.findall(r"http://127\.0\.0\.1:(\d+)/healthz", " ".join(SERVICES["afsaet"]["healthcheck"]["test"]))
    assert SERVICES["afsaet"]["environment"]["AFSAET_LISTEN"] == f"0.0.0.0:{asked}"


def test_every_place_that_is_written_to_is_a_volume_and_the_key_has_its_own() -> None:
    for name in ("afsaet", "upgrade"):
        volumes = dict(volume.split(":", 2)[:2][::-1] for volume in SERVICES[name]["volumes"])
        settings = SERVICES[name]["environment"]
        data, key = volumes[settings["AFSAET_DATA_DIR"]], volumes[str(Path(settings["AFSAET_KEY_FILE"]).parent)]
        assert data != key and {data, key} <= COMPOSE["volumes"].keys()
        assert settings["AFSAET_MUNICIPALITY_DIR"] in volumes
    assert "/data /keys" in CONTAINERFILE


def test_compose_gives_settings_that_are_accepted(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "database_url").write_text("postgresql://afsaet:x@database/afsaet\n", encoding="utf-8")
    (tmp_path / "telegram_token").write_text("1:a\n", encoding="utf-8")
    for name, value in SERVICES["afsaet"]["environment"].items():
        plain = re.sub(r"\$\{\w+:\?[^}]*\}", "safe", re.sub(r"\$\{\w+:-([^}]*)\}", r"\1", str(value)))
        monkeypatch.setenv(name, plain.replace("/run/secrets", str(tmp_path)))
    settings = Settings.load()
    assert (settings.telegram_mode, settings.channel_policy, settings.public_url) == ("polling", "safe", None)


# systemd


def test_the_unit_starts_the_service_as_its_own_user_and_may_write_in_its_own_folders_only() -> None:
    service = unit()
    assert service["User"] == ["afsaet"] and service["ProtectSystem"] == ["strict"]
    assert is_command(service["ExecStart"][0].split()[1:])
    assert service["CapabilityBoundingSet"] == [""] and service["NoNewPrivileges"] == ["yes"]
    assert "ReadWritePaths" not in service
    example = configparser.ConfigParser()
    example.read_string("[env]\n" + (DEPLOY / "afsaet.env.example").read_text(encoding="utf-8"))
    owned = {f"/var/lib/{name}" for name in service["StateDirectory"][0].split()}
    assert {example["env"]["AFSAET_DATA_DIR"], str(Path(example["env"]["AFSAET_KEY_FILE"]).parent)} == owned


def test_the_unit_lets_the_process_that_draws_give_way() -> None:
    filters = unit()["SystemCallFilter"]
    assert "@resources" in filters[1] and "setpriority" in filters[-1].split()  # the later line counts


def test_the_units_token_goes_before_the_one_in_the_settings_file(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / ".env").write_text((DEPLOY / "afsaet.env.example").read_text(encoding="utf-8"), encoding="utf-8")
    (tmp_path / "telegram_token").write_text("1:credential\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    for setting in unit()["Environment"]:
        name, _, value = setting.partition("=")
        monkeypatch.setenv(name, value.replace("%d", str(tmp_path)))
    token = Settings.load().telegram_token
    assert token and token.get_secret_value() == "1:credential"


def systemd() -> int:
    """The version of systemd here, or 0."""
    if shutil.which("systemd-analyze") is None:
        return 0
    told = subprocess.run(["systemd-analyze", "--version"], capture_output=True, text=True, check=True).stdout
    return int(re.findall(r"systemd (\d+)", told)[0])


@pytest.mark.skipif(systemd() < 250, reason="there is no systemd-analyze here that knows what the unit uses")
def test_systemd_finds_no_fault_in_the_unit_and_calls_it_safe(tmp_path: Path) -> None:
    program = tmp_path / "afsaet"
    program.symlink_to("/bin/true")
    there = tmp_path / "afsaet.service"
    there.write_text(UNIT.read_text(encoding="utf-8").replace("/opt/afsaet/bin/afsaet", str(program)), encoding="utf-8")
    for words in (["verify", "--man=no"], ["security", "--offline=yes", "--threshold=20", "--no-pager"]):
        told = subprocess.run(
            ["systemd-analyze", *words, str(there)], capture_output=True, text=True, check=False,
            env={**os.environ, "SYSTEMD_COLORS": "0"},
        )  # fmt: skip
        assert told.returncode == 0, told.stdout + told.stderr
