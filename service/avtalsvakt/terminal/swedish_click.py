"""Lets the command-line library speak Swedish, whatever the language of the machine.

The library takes its own words through gettext, by the locale of the environment; the program's language is Swedish
everywhere, so its look-up is given these words instead. What is missing here stays as the library wrote it.
"""

from collections.abc import Callable, Mapping
from types import MappingProxyType

import click
from click import core, decorators, exceptions, formatting, parser, types

WORDS: Mapping[str, str] = MappingProxyType(
    {
        "Usage:": "Användning:",
        "Options": "Flaggor",
        "Commands": "Kommandon",
        "Positional arguments": "Argument",
        "Show this message and exit.": "Visar den här hjälpen.",
        "Show the version and exit.": "Visar programmets version.",
        "%(prog)s, version %(version)s": "%(prog)s %(version)s",
        "default: {default}": "förval: {default}",
        "env var: {var}": "miljövariabel: {var}",
        "Missing command.": "kommandot saknas",
        "No such option {name!r}.": "flaggan {name} finns inte",
        "No such command {name!r}.": "kommandot {name} finns inte",
        "Missing argument": "argumentet saknas:",
        "Missing option": "flaggan saknas:",
        "Missing parameter": "värdet saknas:",
        "Missing parameter: {param_name}": "värdet saknas: {param_name}",
        "Invalid value: {message}": "värdet går inte att använda: {message}",
        "Invalid value for {param_hint}: {message}": "{param_hint} går inte att använda: {message}",
        "{value!r} is not {choice}.": "'{value}' är inte {choice}",
        "{value!r} is not one of {choices}.": "'{value}' är inget av {choices}",
        "Choose from:\n\t{choices}": "välj bland:\n\t{choices}",
        "Option {name!r} requires an argument.": "flaggan {name} behöver ett värde",
        "Option {name!r} requires {nargs} arguments.": "flaggan {name} behöver {nargs} värden",
        "Option {name!r} does not take a value.": "flaggan {name} tar inget värde",
        "Argument {name!r} takes {nargs} values.": "argumentet {name} tar {nargs} värden",
        "Got unexpected extra argument ({args})": "ett argument för mycket ({args})",
        "Got unexpected extra arguments ({args})": "några argument för mycket ({args})",
        "Did you mean {possibility}?": "menade du {possibility}?",
        "Did you mean one of: {possibilities}?": "menade du något av {possibilities}?",
        "Did you mean {possibilities}?": "menade du {possibilities}?",
        "{value!r} is not a valid {number_type}.": "'{value}' är inget heltal",
        "{value} is not in the range {range}.": "{value} ligger utanför {range}",
        "(DEPRECATED)": "(utgår)",
        "required": "krävs",
    }
)


def speak_swedish() -> None:
    """Give the library its Swedish words. Done once, before the first command is read."""
    for module in (core, decorators, exceptions, formatting, parser, types):
        for name, words in (("_", _one), ("ngettext", _some)):
            if hasattr(module, name):
                setattr(module, name, words)


def in_swedish(command: click.Command) -> click.Command:
    """The command with its usage line in Swedish, and its own commands too."""
    command.options_metavar = "[FLAGGOR]"
    if isinstance(command, click.Group):
        command.subcommand_metavar = "KOMMANDO …"
        for inner in command.commands.values():
            in_swedish(inner)
    return command


def _one(message: str) -> str:
    """The Swedish for a message, or the message."""
    return WORDS.get(message, message)


def _some(one: str, several: str, count: int) -> str:
    """The Swedish for the message that fits the number."""
    chosen: Callable[[str], str] = _one
    return chosen(one if count == 1 else several)
