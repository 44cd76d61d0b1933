"""Files on disk: dialogue files and what is wrong with them, and documents that are nobody else's to read."""

from __future__ import annotations

import os
from collections.abc import Sequence
from importlib.resources.abc import Traversable
from pathlib import Path
from stat import S_ISREG

from afsaet.assistant.casework.caseload import Refused
from afsaet.assistant.shelf import misplaced
from afsaet.flows.definition import Definition
from afsaet.flows.files.reading import BrokenDialogue, Fault, read_dialogue


def write_private(path: Path, content: bytes) -> None:
    """Write a file that its owner alone may read, also where it was there and others might: it holds what a citizen has
    written, or lets one in. Raises OSError."""
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
        if S_ISREG(os.fstat(file.fileno()).st_mode):  # not a device or a pipe
            os.fchmod(file.fileno(), 0o600)
        file.write(content)


def write_beside(path: Path, content: bytes) -> Path:
    """Write such a file under that name, or with a number after it where another document has the name; returns which.
    The same content is not written twice. Raises OSError."""
    number, file = 1, path
    while file.exists() and not (file.is_file() and file.read_bytes() == content):
        number += 1
        file = path.with_stem(f"{path.stem}_{number}")
    write_private(file, content)
    return file


def dialogue_files(place: Path) -> list[Traversable]:
    """The file itself, or the dialogue files in a folder or in its `dialogues/`. Raises Refused if there is none."""
    if place.is_file():
        return [place]
    found = sorted(place.glob("*.yaml")) or sorted((place / "dialogues").glob("*.yaml"))
    if not found:
        raise Refused("There is no dialogue file (.yaml) in that folder, nor in a folder dialogues in it.")
    return [*found]


def broken(files: Sequence[Traversable]) -> list[Fault]:
    """Every mistake in these files, by themselves and beside each other."""
    faults: list[Fault] = []
    read: list[tuple[str, Definition]] = []
    for file in files:
        try:
            read.append((file.name, read_dialogue(file)))
        except BrokenDialogue as error:
            faults += error.faults
    return [*faults, *misplaced(read)]
