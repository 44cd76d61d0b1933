"""Finding every Danish text there is to translate: in the code, in the dialogues, in the glossary and in the profiles.

Babel walks the files and reads the code, where a text is marked `_("…")`. It calls the functions below for the
files that are nothing but texts; their signature is Babel's.
"""

from __future__ import annotations

import tomllib
from collections.abc import Collection, Iterator, Mapping
from importlib.resources import files
from pathlib import Path
from typing import IO, Any

import yaml
from babel.lists import format_list
from babel.messages import Catalog
from babel.messages.extract import extract_from_dir

from afsaet.locales import SOURCE

PACKAGE = Path(str(files("afsaet")))
METHODS = [
    ("**.py", "python"),
    ("**.yaml", f"{__name__}:texts_of_yaml"),
    ("profiles/*.toml", f"{__name__}:texts_of_profile"),
]
# What a citizen reads of a dialogue or the glossary. A "remark" stands in the document only, which is Danish.
TEXTS = frozenset({
    "title", "intro", "outro", "why", "ask", "help", "label", "example", "text", "low", "high", "without", "word",
})
NAMES = ("moedenavn", "plannavn", "forloebsnavn", "laegeattest")
STEP = ("name", "next", "expected", "coming")

Found = Iterator[tuple[int, str, str, list[str]]]


def template() -> Catalog:
    """Every text once, with the files it stands in, in the order of the files and of their lines."""
    catalog = Catalog()
    extracted = extract_from_dir(PACKAGE, METHODS, keywords={"_": None})
    found = sorted((Path(name).as_posix(), line, text) for name, line, text, *_more in extracted)
    for name, _line, text in found:
        catalog.add(text, locations=[(f"{PACKAGE.name}/{name}", 0)])
    return catalog


def texts_of_yaml(
    file: IO[bytes], keywords: Mapping[str, Any], comment_tags: Collection[str], options: Mapping[str, Any]
) -> Found:
    """The texts of a dialogue or of the glossary, with their lines."""
    # With the base loader everything is a text, also what YAML would take for a number or for no.
    yield from ((line, "", text, []) for line, text in _texts(yaml.compose(file, yaml.BaseLoader)))


def _texts(node: yaml.Node | None) -> Iterator[tuple[int, str]]:
    if isinstance(node, yaml.SequenceNode):
        for each in node.value:
            yield from _texts(each)
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            if isinstance(value, yaml.ScalarNode) and key.value in TEXTS:
                yield value.start_mark.line + 1, value.value
            yield from _texts(value)


def texts_of_profile(
    file: IO[bytes], keywords: Mapping[str, Any], comment_tags: Collection[str], options: Mapping[str, Any]
) -> Found:
    """What a profile puts into the texts of the citizens, numbered, since TOML knows no lines: its names, those
    who take part as they are named in one go, and the steps of the way through the case."""
    profile = tomllib.load(file)
    texts = [profile[name] for name in NAMES] + [format_list(profile["participants"], locale=SOURCE)]
    texts += [step[name] for step in profile["process"]["steps"].values() for name in STEP if step.get(name)]
    yield from ((number, "", text, []) for number, text in enumerate(texts, 1))
