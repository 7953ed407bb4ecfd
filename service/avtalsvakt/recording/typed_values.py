"""What was typed after the name of a command that records: bare words, fields with values, and no unknown flags.

In come words, out come bare words and values by field. A word that begins with `-` is a field's name or nothing: a flag
that the command does not have must never be taken for a value, nor let go by.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from difflib import get_close_matches

import click

from avtalsvakt.settings import Settings
from avtalsvakt_engine.importing.file_lines import cell_value, field_names
from avtalsvakt_engine.importing.headings import plain
from avtalsvakt_engine.intake.known_facts import known_facts
from avtalsvakt_rules.problems import Problem, Rejected

WHERE = "kommandoraden"


def typed(words: Sequence[str], settings: Settings, bare: int = 0) -> tuple[tuple[str, ...], dict[str, object]]:
    """The first `bare` words that name no field, and the fields: `name=value`, `--name value` or `--name=value`.

    Names may be English or Swedish; a list is written with `|`, an object as JSON. Raises Rejected, and UsageError for
    a flag that is none.
    """
    known = field_names(known_facts(settings.rulebook()).vocabulary)
    alone: list[str] = []
    values: dict[str, object] = {}
    problems: list[Problem] = []
    for name, text in _pairs(words, known, problems, alone, bare):
        field = known.get(plain(name.replace("-", "_")), name.replace("-", "_"))
        if field in values:
            why = "det är oklart vilket värde som gäller"
            problems.append(Problem(f"{name} står två gånger", WHERE, why, "skriv listor med |, till exempel a|b"))
        value = cell_value(field, text, f"{WHERE} ({name})")
        if isinstance(value, Problem):
            problems.append(value)
        values[field] = value
    if problems:
        raise Rejected(problems)
    return tuple(alone), values


def stated(values: Mapping[str, object]) -> Mapping[str, object]:
    """The values of a new registration, where an empty one would say nothing. Raises Rejected."""
    problems = [
        Problem(
            f"{name} har inget värde",
            WHERE,
            "ett fält utan värde säger inget",
            f"skriv {name}=värde, eller utelämna det",
        )
        for name, value in values.items()
        if isinstance(value, str) and not value.strip()
    ]
    if problems:
        raise Rejected(problems)
    return values


def _pairs(
    words: Sequence[str], known: Mapping[str, str], problems: list[Problem], alone: list[str], bare: int
) -> Iterator[tuple[str, str]]:
    waiting = iter(words)
    for word in waiting:
        name, equals, text = word.lstrip("-").partition("=")
        if word.startswith("-"):
            if not word.startswith("--") or plain(name.replace("-", "_")) not in known:
                raise _no_flag(word.partition("=")[0], known)
            if not equals:
                text, equals = next(waiting, ""), "="
                if text.startswith("--") or not text:
                    why = "efter fältet väntas dess värde"
                    problems.append(Problem(f"--{name} har inget värde", WHERE, why, f"skriv --{name} värde"))
        elif not equals and len(alone) < bare and not problems:
            alone.append(word)
            continue
        if not equals or not name:
            why = "det saknar likhetstecken"
            remedy = "skriv namn=värde, t.ex. body=chiefs_council"
            problems.append(Problem(f"'{word}' går inte att tyda", WHERE, why, remedy))
        else:
            yield name, text


def _no_flag(flag: str, known: Iterable[str]) -> click.NoSuchOption:
    """That the command has no such flag, with the nearest that it has, else the nearest fields."""
    context = click.get_current_context()
    flags = [name for option in context.command.params if isinstance(option, click.Option) for name in option.opts]
    fields = [f"--{name.replace(' ', '-')}" for name in known]
    near = get_close_matches(flag, dict.fromkeys(flags)) or get_close_matches(flag, fields)
    return click.NoSuchOption(flag, possibilities=near, ctx=context)
