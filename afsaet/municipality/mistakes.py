"""Every mistake in `kommune.toml` in a plain sentence, with its place."""

from __future__ import annotations

from difflib import get_close_matches

from pydantic_core import ErrorDetails

from afsaet.municipality.values import Table


class MunicipalityFault(Exception):  # noqa: N818 - "fault" is the word the command line uses
    """`kommune.toml` cannot be used. `mistakes` has one plain sentence for each, with its place."""

    def __init__(self, mistakes: list[str]) -> None:
        super().__init__("\n".join(mistakes))
        self.mistakes = tuple(mistakes)


_SENTENCES = {
    "missing": "is missing.",
    "string_type": "must be a text in quotes.",
    "string_too_short": "must not be empty.",
    "int": "must be a whole number.",
    "bool": "must be true or false.",
    "literal_error": "must be {expected}.",
    "greater_than_equal": "must be at least {ge}.",
    "less_than_equal": "must be at most {le}.",
    "tuple_type": "must be a list in square brackets.",
    "model": "must be a table of its own.",
    "dict_type": "must be a table of its own.",
    "date": "must be a date such as 2026-12-01, without quotes.",
    "time": 'must be a time such as "10:00".',
    "zoneinfo_str": 'is not a zone; write one such as "Europe/Copenhagen".',
}
_BY_PLACE = {
    "before": 'must be a number of days written as "3d".',
    "from": "must be an e-mail address.",
    "order": "must be a name of at most 32 characters from a to z, 0 to 9 and _ that begins with a letter.",
    "password": "does not belong in a file like this; set AFSAET_MAIL_PASSWORD or AFSAET_MAIL_PASSWORD_FILE.",
}


def sentence(error: ErrorDetails) -> str:
    """One mistake: where it is, and what would be right."""
    keys = [part for part in error["loc"] if part != "[key]"]
    kind, context = error["type"], error.get("ctx", {})
    named = [key for key in keys if isinstance(key, str)]
    place = "".join(f" (no. {key + 1})" if isinstance(key, int) else f".{key}" for key in keys).removeprefix(".")
    if kind == "value_error":
        return f"{place} {context['error']}"
    if kind == "extra_forbidden" or "[key]" in error["loc"]:
        return f"{place} {_BY_PLACE['password'] if named[-1] == 'password' else 'is not known here' + _hint(named[-1])}"
    if kind == "string_pattern_mismatch":
        return f"{place} {_BY_PLACE[named[-1]]}"
    family = next((name for name in (kind, kind.split("_")[0]) if name in _SENTENCES), "")
    return f"{place} {_SENTENCES[family].format(**context)}" if family else f"{place}: {error['msg']}."


def _hint(key: str) -> str:
    tables: list[type[Table]] = Table.__subclasses__()
    known = {field.alias or name for table in tables for name, field in table.model_fields.items()}
    near = get_close_matches(key, known, n=1, cutoff=0.75)
    return f"; is it {near[0]} you mean?" if near else "."
