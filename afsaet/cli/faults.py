"""Every fault as an exit code and a sentence that says what to do."""

from __future__ import annotations

REFUSED, FAULT = 1, 3  # 2 is wrong usage, of which Typer tells


def code_and_sentence(error: Exception) -> tuple[int, str]:
    """The exit code and the sentence for what a command raised.

    Of an error nobody foresaw only the class is told: its text may hold what somebody wrote.
    """
    # The rooms are imported here and not above, so that `--help` is there at once.
    from afsaet.assistant.casework.caseload import Refused  # noqa: PLC0415
    from afsaet.flows.files.reading import BrokenDialogue  # noqa: PLC0415
    from afsaet.municipality import MunicipalityFault  # noqa: PLC0415
    from afsaet.settings import SettingsFault  # noqa: PLC0415
    from afsaet.store.faults import BackupExists, RefusedStatement, StoreFault, UnknownCitizen  # noqa: PLC0415

    if isinstance(error, Refused | BackupExists):
        return REFUSED, str(error)
    if isinstance(error, UnknownCitizen):
        return REFUSED, "There is no such citizen, or they have deleted what they wrote."
    if isinstance(error, SettingsFault | MunicipalityFault | BrokenDialogue):
        return FAULT, str(error)
    if isinstance(error, StoreFault) and not isinstance(error, RefusedStatement):
        return FAULT, str(error)
    return FAULT, (
        f"Something went wrong that Afsæt did not foresee ({type(error).__name__}). "
        "Nothing half-done was kept. Run `afsaet doctor`, and report it if that finds nothing."
    )
