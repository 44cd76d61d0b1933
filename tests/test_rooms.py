"""Data walks one way: a room uses only the rooms before it."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import afsaet

HOUSE = Path(afsaet.__file__).parent
ORDER = ["clock", "logs", "metrics", "fonts", "locales", "flows", "municipality", "settings", "meetings", "measures",
         "store", "export", "assistant", "channels", "service", "cli"]
PURE = {"flows", "meetings", "measures"}
IMPURE_MODULES = {"random", "secrets", "uuid", "socket", "sqlalchemy", "telegram", "httpx", "subprocess", "time"}


def rooms() -> list[str]:
    return sorted(path.stem for path in HOUSE.iterdir()
                  if (path.suffix == ".py" or (path / "__init__.py").exists()) and path.stem not in ("__init__", "profiles"))


def imports(room: str) -> Iterator[tuple[Path, str]]:
    files = sorted((HOUSE / room).rglob("*.py")) or [HOUSE / f"{room}.py"]
    for file in files:
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                yield from ((file, name.name) for name in node.names)
            elif isinstance(node, ast.ImportFrom) and node.module:
                names = [f"{node.module}.{name.name}" for name in node.names] if node.module == "afsaet" else [node.module]
                yield from ((file, name) for name in names)


def test_every_room_has_its_place_in_the_order():
    assert set(rooms()) == set(ORDER)


@pytest.mark.parametrize("room", ORDER)
def test_a_room_uses_only_the_rooms_before_it(room: str):
    allowed = {*ORDER[:ORDER.index(room) + 1]}
    used = {(str(file.relative_to(HOUSE)), name.split(".")[1]) for file, name in imports(room) if name.startswith("afsaet.")}
    assert {(file, other) for file, other in used if other not in allowed} == set()


@pytest.mark.parametrize("room", sorted(PURE))
def test_a_pure_room_has_no_clock_no_chance_no_network_and_no_database(room: str):
    used = {(str(file.relative_to(HOUSE)), name) for file, name in imports(room)}
    assert {(file, name) for file, name in used if name.split(".")[0] in IMPURE_MODULES} == set()
    sources = "".join(file.read_text(encoding="utf-8") for file in (HOUSE / room).rglob("*.py"))
    assert ".now(" not in sources.replace("setting.now", "").replace("self.now", "")
    assert "date.today(" not in sources
