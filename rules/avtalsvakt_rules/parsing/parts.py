"""Joins the files of an instrument that is written in several: a part says `part_of` and brings clauses and findings.

Each value keeps the file and line where it was written.
"""

from collections.abc import Iterable
from dataclasses import replace

from avtalsvakt_rules.parsing.source import Source, Tree
from avtalsvakt_rules.problems import Problem, Rejected

PART_KEYS = {"part_of", "clauses", "findings"}


def is_part(source: Source) -> bool:
    """Whether the file is a part of an instrument that another file begins."""
    return isinstance(source.tree, dict) and "part_of" in source.tree


def join(sources: Iterable[Source]) -> list[Source]:
    """The sources with every part joined to its instrument. Raises Rejected for parts that belong nowhere."""
    read = list(sources)
    wholes = {_named(source, "instrument"): source for source in read if not is_part(source)}
    out = {id(source): source for source in read if not is_part(source)}
    problems: list[Problem] = []
    for part in filter(is_part, read):
        whole = wholes.get(_named(part, "part_of"))
        if whole is None:
            problems.append(_homeless(part))
            continue
        problems += _strange_keys(part) + _doubled(out[id(whole)], part)
        out[id(whole)] = _joined(out[id(whole)], part)
    if problems:
        raise Rejected(problems)
    return list(out.values())


def _named(source: Source, key: str) -> str:
    return str(source.tree.get(key)) if isinstance(source.tree, dict) else ""


def _section(source: Source, key: str) -> dict[str, Tree]:
    found = source.tree.get(key) if isinstance(source.tree, dict) else None
    return found if isinstance(found, dict) else {}


def _joined(whole: Source, part: Source) -> Source:
    tree = dict(whole.tree) if isinstance(whole.tree, dict) else {}
    for key in ("clauses", "findings"):
        if both := _section(whole, key) | _section(part, key):
            tree[key] = both
    return replace(whole, tree=tree, parts=(*whole.parts, part))


def _homeless(part: Source) -> Problem:
    name = _named(part, "part_of")
    return Problem(
        f"filen är en del av '{name}', som inte finns",
        part.where(("part_of",)),
        "ingen fil har det som instrument",
        "rätta part_of, eller lägg till filen som börjar avtalet",
    )


def _strange_keys(part: Source) -> list[Problem]:
    keys = set(part.tree) - PART_KEYS if isinstance(part.tree, dict) else set()
    return [
        Problem(f"nyckeln '{key}' kan inte stå i en del", part.where((key,)), "den hör till avtalet i stort",
                f"flytta den till filen med instrument: {_named(part, 'part_of')}")
        for key in sorted(keys)
    ]  # fmt: skip


def _doubled(whole: Source, part: Source) -> list[Problem]:
    return [
        Problem(f"'{name}' finns redan", part.where((key, name)), f"samma namn står i {whole.where((key, name))}",
                "ge den ett eget namn")
        for key in ("clauses", "findings")
        for name in sorted(_section(whole, key).keys() & _section(part, key).keys())
    ]  # fmt: skip
