"""`avtalsvakt verify`: what was written is what is there, and what runs concluded follows from it."""

import re
from pathlib import Path
from typing import TYPE_CHECKING

import click

from avtalsvakt.settings import Settings
from avtalsvakt.terminal.failures import ALL_JUDGED, NOT_EVALUATED, tell, warn
from avtalsvakt.terminal.options import with_settings
from avtalsvakt_rules.keeping.private_files import open_to_others
from avtalsvakt_rules.problems import Problem, Rejected

if TYPE_CHECKING:
    from avtalsvakt_engine.runs.verifying import Verification
    from avtalsvakt_engine.storage.proof.signed_heads import SignedHead


@click.command(short_help="Kontrollera att inget har ändrats bakom programmets rygg.")
@click.option("--run", "runs", type=click.IntRange(1), metavar="NUMMER", multiple=True,
              help="Räkna om denna körning (annars den senaste); kan anges flera gånger.")  # fmt: skip
@click.option("--all-runs", is_flag=True, help="Räkna om varje körning som finns.")
@click.option("--head", metavar="SUMMA|FIL", help="Det som sparats på annan plats: en kontrollsumma, ett sigill eller "
              "en fil med undertecknade huvuden.")  # fmt: skip
@click.option("--repair", is_flag=True, help="Gör först om det som kan räknas fram: spärrar, index, antal.")
@with_settings
def verify(settings: Settings, *, runs: tuple[int, ...], all_runs: bool, head: str | None, repair: bool) -> int:
    """Kontrollera registrets kedja och körningarnas sigill, och räkna om vad en körning kom fram till.

    Returkod 0 om allt stämmer, 1 om något har ändrats; då står det var. Med --repair görs det om som följer av det
    registrerade; det som är registrerat, bedömt eller undertecknat rörs aldrig.
    """
    from avtalsvakt_engine.inference.deciding import Decider
    from avtalsvakt_engine.runs.verifying import runs_to_replay, verify_register

    noted, kept = (None, []) if head is None else _elsewhere(head)
    if repair:
        _repair(settings)
    with settings.register(read_only=True) as register, Decider() as decider:
        chosen = runs_to_replay(register, runs, everything=all_runs)
        current = settings.rulebook() if settings.rule_places() else None
        found = verify_register(register, decider, chosen, current=current, noted=noted, heads=(head or "", kept))
    _say(found)
    if kept and not found.problems:
        click.echo(
            f"Registret fortsätter det som undertecknades efter körning {max(one.run for one in kept)} ({head})."
        )
    if kept and found.public not in {one.public for one in kept}:
        click.echo("Nyckeln är en annan än den som undertecknade huvudena.")
    if open_to_others(settings.db):
        why = "filens rättigheter släpper in dem"
        warn([Problem("andra konton på datorn kommer åt registret", str(settings.db), why, f"chmod 600 {settings.db}")])
    tell(found.problems, heading="Stämmer inte")
    return NOT_EVALUATED if found.problems else ALL_JUDGED


def _elsewhere(head: str) -> tuple[str | None, "list[SignedHead]"]:
    """The sum that was noted, or the heads in the file that was kept. Raises Rejected for what is neither."""
    from avtalsvakt_engine.importing.file_text import file_bytes
    from avtalsvakt_engine.storage.proof.signed_heads import read_heads

    if Path(head).is_file():
        return None, read_heads(file_bytes(Path(head)).decode(errors="replace"), head)
    if re.fullmatch(r"[0-9a-f]{64}", sum_ := head.strip().lower()):
        return sum_, []
    why = "en kontrollsumma och ett sigill har 64 siffror och bokstäver a–f, och någon fil med det namnet finns inte"
    raise Rejected([Problem(f"'{head}' är inget att jämföra med", "--head", why, "ange hela summan, eller rätt fil")])


def _repair(settings: Settings) -> None:
    """Make anew what is derived, and tell what was replaced. Raises Rejected."""
    from avtalsvakt_engine.storage.database.repairing import repair

    with settings.register() as register:
        replaced = repair(register)
    for one in replaced:
        click.echo(f"Lagat: {one}.")
    if not replaced:
        click.echo("Inget behövde lagas av det som kan räknas fram.")


def _say(found: "Verification") -> None:
    """What was looked at, and what to note elsewhere."""
    from avtalsvakt.words.summary import counted

    facts, runs = counted(found.facts, "registrering", "registreringar"), counted(found.runs, "körning", "körningar")
    click.echo(f"{facts}, {runs}.")
    if found.erased:
        click.echo(f"{counted(found.erased, 'text är gallrad', 'texter är gallrade')}; resten stämmer med kedjan.")
    for one in found.replays:
        if one.erased:
            click.echo(
                f"Körning {one.run.id} per {one.run.as_of} hade texter som sedan har gallrats, och ger något annat "
                "utan dem: den är prövad genom sitt sigill."
            )
        elif one.by_seal_only:
            click.echo(
                f"Körning {one.run.id} per {one.run.as_of} dömdes efter en annan version av reglerna för bedömning "
                f"({one.semantics}): den är prövad genom sitt sigill och inte omräknad."
            )
        elif not one.impossible:
            same = "samma resultat" if not one.differences else f"{len(one.differences)} skiljer sig"
            unjudged = f", {one.not_evaluated} ej bedömda då" if one.not_evaluated else ""
            click.echo(
                f"Körning {one.run.id} per {one.run.as_of} omräknad: {one.duties} skyldigheter, {same}{unjudged}."
            )
    click.echo(f"Kedjans slut:    {found.head}")
    click.echo(f"Senaste sigill:  {found.seal}")
    if found.public is not None:
        click.echo(f"Undertecknade:   {counted(found.signed, 'körning', 'körningar')}, nyckel {found.public}")
    click.echo("Allt stämmer." if not found.problems else f"{len(found.problems)} fel.")
