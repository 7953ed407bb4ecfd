"""`avtalsvakt attest`: what functions are asked in an agreement, as a page, a form to fill in, or a link."""

from datetime import date
from typing import TYPE_CHECKING

import click

from avtalsvakt.commands.attest_link import link
from avtalsvakt.settings import Settings
from avtalsvakt.terminal.failures import ALL_JUDGED, NOT_EVALUATED
from avtalsvakt.terminal.options import as_of_option, format_option, with_settings
from avtalsvakt_rules.problems import Problem, Rejected

if TYPE_CHECKING:
    from avtalsvakt.terminal.attest_page import Question


class _QuestionsOrLink(click.Group):
    """`attest AVTAL` lists questions; `attest link …` is about links."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """The words, with `list` before them where they name no command of their own."""
        plain = args and args[0] not in (*self.commands, *ctx.help_option_names)
        return super().parse_args(ctx, ["list", *args] if plain else args)


@click.group(cls=_QuestionsOrLink, short_help="Det som ska intygas: frågor, formulär och länkar.")
def attest() -> None:
    """Lista frågor som en funktion ska besvara (attest AVTAL), eller gör länkar att svara med (attest link)."""


@attest.command(
    "list",
    short_help="Frågorna i ett avtal.",
    epilog="Exempel: avtalsvakt attest ostermalm-2020 --function kommunpolis --format csv > intyg.csv",
)
@click.argument("agreement", metavar="AVTAL")
@click.option("--function", metavar="FUNKTION", help="Bara det som denna funktion tillfrågas om.")
@as_of_option
@format_option
@with_settings
def questions(settings: Settings, *, agreement: str, function: str | None, as_of: date | None, form: str) -> int:
    """Lista de frågor som inget annat i registret svarar på och som en funktion ska besvara med ja eller nej.

    --format csv skriver ett formulär att fylla i och läsa in med 'avtalsvakt import'. Rader utan svar läses inte in.
    """
    from avtalsvakt.answers.assessing import assess_all, check_agreements, gather_material
    from avtalsvakt.formats import as_csv, as_json
    from avtalsvakt.terminal import screen
    from avtalsvakt.terminal.attest_page import form as rows
    from avtalsvakt.terminal.attest_page import open_questions, page

    material = gather_material(settings, as_of=as_of)
    check_agreements(material.rulebook, [agreement], "AVTAL")
    found = assess_all(material, agreements=[agreement])
    open_ = _asked_of(function, open_questions(found.duties, material.rulebook, found.as_of))
    if form == "json":
        asked = {"as_of": found.as_of.isoformat(), "questions": rows(open_, agreement, found.as_of)}
        screen.write(as_json.written(asked))
    elif form == "csv":
        screen.write(as_csv.rows(rows(open_, agreement, found.as_of)))
    else:
        for line in page(open_, agreement, found.as_of):
            click.echo(line)
    return NOT_EVALUATED if any(one.status == "not_evaluated" for one in found.duties) else ALL_JUDGED


def _asked_of(function: str | None, questions: "list[Question]") -> "list[Question]":
    """The questions to one function; to all if none is named. Raises Rejected where it is asked nothing."""
    if function is None:
        return questions
    found = [one for one in questions if one.verdict.attest == function]
    known = sorted({one.verdict.attest or "" for one in questions})
    if known and not found:
        from avtalsvakt_engine.intake.fact_checks import closest

        why = "den tillfrågas inte om något just nu"
        raise Rejected([Problem(f"funktionen '{function}' har inget att intyga", "--function", why,
                                closest(function, known))])  # fmt: skip
    return found


attest.add_command(link)
