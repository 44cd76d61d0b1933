"""Golden dialogues: every file in `tests/dialogues/` is played again and must come out the same to the byte.

With AFSAET_REWRITE=1 in the environment the files are written anew instead; read the difference before keeping it.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.flows.transcript import replay

FOLDER = Path(__file__).parents[1] / "dialogues"
TRANSCRIPTS = sorted(FOLDER.glob("*.txt"))


@pytest.mark.parametrize("path", TRANSCRIPTS, ids=lambda path: path.stem)
def test_the_dialogue_goes_as_it_is_written(path: Path) -> None:
    written = path.read_bytes()
    played = replay(written.decode()).encode()
    if os.environ.get("AFSAET_REWRITE") == "1":
        path.write_bytes(played)
    else:
        assert played == written


def test_there_are_dialogues_to_play() -> None:
    assert len(TRANSCRIPTS) > 50


def test_a_changed_word_of_the_assistant_is_noticed() -> None:
    written = TRANSCRIPTS[0].read_text(encoding="utf-8")
    assert replay(written.replace("Afsæt skriver:\n    ", "Afsæt skriver:\n    Hov. ", 1)) == written


def test_a_step_that_nobody_knows_is_refused() -> None:
    with pytest.raises(ValueError, match="no such step"):
        replay("En prøve.\n\nBorgeren danser\n")
