"""The flags by which a subscriber says how a calendar is to be: alarm, what it is without, name and colour."""

from collections.abc import Callable
from functools import wraps
from typing import Any

import click

from avtalsvakt_calendars.publishing.subscriber_choices import COLOURS, LEFT_OUT, LONGEST_LEAD

LEAD = click.IntRange(0, LONGEST_LEAD)
ALARM = "Alarm så många dagar i förväg, högst ett om dagen (annars inget)."


def choice_options(command: Callable[..., None]) -> Callable[..., None]:
    """Give a command the flags; it takes them as `chosen`, a Choices. Raises Rejected for what cannot be used."""

    @click.option("--alarm", type=LEAD, metavar="DAGAR", help=ALARM)
    @click.option(
        "--without", "without", multiple=True, type=click.Choice(list(LEFT_OUT)), help="Utelämna; kan upprepas."
    )
    @click.option("--name", metavar="NAMN", help="Vad kalendern ska heta i kalenderprogrammet.")
    @click.option(
        "--color", "colour", type=click.Choice(list(COLOURS)), help="Kalenderns färg, där programmet följer den."
    )
    @wraps(command)
    def chosen_first(
        *given: Any, alarm: int | None, without: tuple[str, ...], name: str | None, colour: str | None, **others: Any
    ) -> None:
        from avtalsvakt_calendars.publishing.subscriber_choices import choices

        command(*given, chosen=choices(alarm, without, name, colour), **others)

    return chosen_first
