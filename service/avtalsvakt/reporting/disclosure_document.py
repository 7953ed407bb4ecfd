"""An extract that is given out, as a document: what was asked for, the registrations, and what was masked and why."""

from avtalsvakt.answers.disclosing import WHOLE, Extract, Given
from avtalsvakt.reporting import document as d
from avtalsvakt.reporting.day_words import day_words
from avtalsvakt.words.summary import counted

COLUMNS = ("Dag", "Vad", "Uppgifter", "Registrerad", "Av", "Beteckning")


def disclosure_document(found: Extract, title: str, decision: str, today: str) -> d.Document:
    """The extract of the agreement of that title, given out on that day (ISO 8601) by a decision."""
    about = f"{title}. Registreringar som gäller {day_words(found.start)}–{day_words(found.end)}."
    lead = f"{counted(len(found.given), 'registrering', 'registreringar')} enligt beslut {decision}, {today}."
    blocks: list[d.Block] = [
        d.Heading("Registreringar"),
        d.Table("Registreringar", COLUMNS, tuple(map(_row, found.given))),
    ]
    rows = tuple((one.field, one.provision, found.masked[one.field]) for one in found.masks)
    rows += tuple((WHOLE, provision, number) for provision, number in sorted(found.secrets.items()))
    if rows:
        blocks.append(d.Heading("Maskat"))
        blocks.append(d.Table("Maskat", ("Fält", "Med stöd av", "Registreringar"), rows))
    if not found.given:
        blocks = [d.Paragraph("Det finns inga registreringar för de dagarna.")]
    return d.Document("Utdrag ur registret", lead, about, tuple(blocks))


def _row(one: Given) -> tuple[d.Cell, ...]:
    said = "; ".join(f"{label}: {text}" for label, text in one.fields)
    return one.day, one.kind, said, one.recorded, one.recorder, one.id
