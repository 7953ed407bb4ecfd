"""A new agreement's file to begin with: commented, valid as it stands, with a first case beside it."""

from datetime import date
from pathlib import Path

from msgspec import Struct

from avtalsvakt_rules.language.identifiers import AGREEMENT
from avtalsvakt_rules.problems import Problem, Rejected

SCHEMA = "avtalsvakt.schema.json"


class Wanted(Struct, frozen=True):
    """What is known of the agreement beforehand."""

    id: str
    title: str
    level: str
    first: date
    last: date | None
    under: str | None = None
    municipality: str | None = None


def check_id(name: str) -> None:
    """Raise Rejected where a name cannot begin the keys of duties."""
    if problem := AGREEMENT.problem(name, "ID"):
        raise Rejected([problem])


def agreement_file(wanted: Wanted) -> str:
    """The text of the rule file."""
    to = f", to: {wanted.last}" if wanted.last else ""
    ends = "" if wanted.last else "   # to: utelämnas när avtalet gäller tills vidare"
    under = (
        f"under: {wanted.under}\n" if wanted.under else "# under: id-på-avtalet-ovanför   # dess krav på lokala avtal\n"
    )
    place = f"municipality: {wanted.municipality}\n" if wanted.municipality else "# municipality: Kommunens namn\n"
    return _AGREEMENT.format(
        schema=SCHEMA, id=wanted.id, title=_quoted(wanted.title), level=wanted.level, first=wanted.first, to=to,
        ends=ends, under=under, municipality=place,
    )  # fmt: skip


def case_file(wanted: Wanted) -> str:
    """The text of the case file: the example clause, in time and missed, in the first whole year of the agreement."""
    year = wanted.first.year if (wanted.first.month, wanted.first.day) == (1, 1) else wanted.first.year + 1
    return _CASES.format(id=wanted.id, year=year, next=year + 1)


def write_new(wanted: Wanted, folder: Path) -> tuple[Path, Path]:
    """Write both files. Raises Rejected where one is there already or the folder cannot be written."""
    check_id(wanted.id)
    rules, cases = folder / f"{wanted.id}.yaml", folder / "cases" / f"{wanted.id}.yaml"
    taken = [path for path in (rules, cases) if path.exists()]
    if taken:
        why = "en fil som finns skrivs aldrig över"
        raise Rejected([Problem(f"{path} finns redan", str(path), why, "välj ett annat ID eller flytta den")
                        for path in taken])  # fmt: skip
    try:
        cases.parent.mkdir(parents=True, exist_ok=True)
        rules.write_text(agreement_file(wanted), encoding="utf-8")
        cases.write_text(case_file(wanted), encoding="utf-8")
    except OSError as error:
        why = error.strerror or str(error)
        raise Rejected([Problem("filen kan inte skrivas", str(folder), why, "välj en annan mapp")]) from error
    return rules, cases


def _quoted(text: str) -> str:
    """The text as one YAML scalar, whatever it holds."""
    return "'" + " ".join(text.split()).replace("'", "''") + "'"


_AGREEMENT = """\
# yaml-language-server: $schema={schema}
# Raden ovan ger förslag och kontroll i redigeraren; schemat skrivs med: avtalsvakt rules schema > {schema}
# Vad varje nyckel betyder: docs/regelspraket.md. Ett avtal från text till verdikt: docs/eget-avtal.md.
instrument: {id}
title: {title}
level: {level}      # agreement, local under ett annat, superior (över andra), bylaws (stadgar), statute, referral
document: {id}.pdf                    # texten som avsnitten nedan hänvisar till
parties: [den ena, den andra]         # parterna, med de ord som används i händelserna
{municipality}{under}term: {{from: {first}{to}}}{ends}
# annexes: {{1: lägesbild}}             # bilagornas nummer och namn; var och en ska finnas
bodies: {{samradsgruppen: samrådsgruppen}}        # organ som bara finns i det här avtalet
functions: {{kontaktperson: {{of: den ena}}}}     # funktioner, och vem de handlar för
# facts: {{nyckel_lämnad: [by]}}        # egna händelser, med sina uppgifter; sök först med: avtalsvakt rules kinds ORD

clauses:
  # Varje sats i texten är en post, i textens ordning. Namnet (här gruppen-mots) blir en del av nyckeln.
  # Posten redovisas på precis ett sätt: when + what · part_of · given_by · attest · asked_in · note.

  giltighetstid:
    at: {{section: "1"}}                # även paragraph (stycke), sentence (mening), item, annex (bilaga)
    sv: Avtalet gäller den tid som står i filens huvud.
    en: The agreement is in force for the time given at the head of the file.
    norm: states                      # shall, should, may, shall_not, valid_if, deemed, states, defines
    given_by: [term]                  # följer av en nyckel i filens huvud

  gruppen-mots:
    at: {{section: "2", paragraph: 1}}
    sv: Samrådsgruppen träffas en gång om året.
    en: The consultation group meets once a year.
    act: Kalla samrådsgruppen         # står först i påminnelsen
    norm: shall
    who: parterna                     # den som är skyldig; mot vem (to) följer av parterna
    when: {{each: year}}                # när: en period, en dag, en händelse
    what: {{meeting_held: {{body: samradsgruppen}}}}     # vad som visar att det är gjort
    at_least: 1                       # hur många
    remind: 45 days

  uthallighet:
    at: {{section: "2", paragraph: 2}}
    sv: Samrådsgruppen ser till att samarbetet är långsiktigt.
    en: The consultation group sees to it that cooperation is for the long term.
    norm: shall
    who: samradsgruppen
    attest: kontaktperson             # kan inte räknas ut: funktionen tillfrågas, en gång om året

  syfte:
    at: {{section: "3"}}
    sv: Parterna vill ha nytta av varandra.
    en: The parties want to be of use to each other.
    norm: states
    note: Ett mål; om det nås beror på mer än vad parterna gör.      # kan inte prövas, och varför

# findings:                           # luckor och motsägelser i texten, om du ser några
#   bilaga-saknas:
#     kind: missing                   # gap, contradiction, missing, undefined, unclear
#     sv: Vad saken är och vad den betyder för den som ska följa avtalet.
#     at: [{{section: "3"}}]
"""

_CASES = """\
# Fall som visar att reglerna betyder vad texten säger. De körs med: avtalsvakt --rules MAPP rules cases
instrument: {id}
cases:
  ett-mote-racker:
    why: Ett möte under året är vad texten kräver.
    facts:
      - {{id: m1, kind: meeting_held, date: {year}-05-12, body: samradsgruppen, agreement: {id}}}
    expect:
      {year}-05-11: {{gruppen-mots.{year}: pending}}
      {year}-05-12: {{gruppen-mots.{year}: fulfilled}}
  inget-mote:
    why: Utan möte är året förlorat dagen efter dess sista dag.
    facts: []
    expect:
      {year}-12-31: {{gruppen-mots.{year}: {{status: at_risk, due: {year}-12-31, counted: 0, required: 1}}}}
      {next}-01-01: {{gruppen-mots.{year}: overdue}}
"""
