"""The register of clauses as a page to read, print or mail: one table per instrument, nothing to fetch or run."""

from collections.abc import Iterator, Mapping, Sequence
from html import escape

from avtalsvakt.authoring.clause_register import Counts, Entry, account_words, between, counts, modality_word, stands
from avtalsvakt_engine.explaining import labels
from avtalsvakt_engine.explaining.reading_labels import reading
from avtalsvakt_rules.language.head import Discrepancy
from avtalsvakt_rules.language.instrument import Instrument

_HEAD = """<!DOCTYPE html>
<html lang="sv">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Klausulregister</title>
<style>
body{font-family:system-ui,sans-serif;line-height:1.45;max-width:78em;margin:2em auto;padding:0 1em;color:#111;
background:#fff}
table{border-collapse:collapse;width:100%;margin:1em 0 2em}
caption{text-align:left;font-weight:600;padding:.3em 0}
td,th{border:1px solid #767676;padding:.35em .6em;text-align:left;vertical-align:top}
thead th{background:#eee}
tbody th{font-weight:600}
td.n,th.n{text-align:right}
code{font-size:.9em;overflow-wrap:anywhere}
.en{color:#444;font-size:.92em;margin:.2em 0 0}
.texts thead th:nth-child(2){width:32%}
.name{font-weight:400;color:#444}
.read{color:#444;font-size:.92em;margin:.3em 0 0}
h1,h2,h3,th,td,li{overflow-wrap:break-word}
tr:target{outline:3px solid #0b57d0}
@media(max-width:48em){
body{margin:1em auto;padding:0 .8em}
.texts,.texts caption,.texts tbody,.texts tr,.texts th,.texts td{display:block;border:0;padding:0}
.texts thead{position:absolute;clip-path:inset(50%);height:1px;width:1px;overflow:hidden}
.texts tr{border:1px solid #767676;border-radius:.4em;padding:.6em .8em;margin:0 0 .8em}
.texts td{margin:.4em 0 0}
.texts td:empty{display:none}
.texts td[data-head]::before{content:attr(data-head) ": ";color:#444}
.numbers{font-size:.88em}
.numbers td,.numbers th{padding:.3em .35em}
}
@media print{body{max-width:none;margin:0}thead{display:table-header-group}tr{break-inside:avoid}}
</style>
</head>
<body>
<main>
<h1>Klausulregister</h1>
<p>Varje sats i texterna, hur den binder vem, och vad som visar om den följs. Sammanfattningarna är egna ord; texten
själv gäller.</p>
"""
_CLASSES = tuple(labels.CLASSES)


def page(found: Sequence[Entry]) -> str:
    """The whole page. Every text is escaped."""
    by_instrument: dict[str, list[Entry]] = {}
    for entry in found:
        by_instrument.setdefault(entry.instrument.instrument, []).append(entry)
    parts = [_HEAD, *_summary(counts(found), {entry.instrument.instrument: entry.instrument.title for entry in found})]
    for entries in by_instrument.values():
        parts += _instrument(entries[0].instrument, entries)
    return "\n".join([*parts, "</main>", "</body>", "</html>", ""])


def _summary(numbers: Sequence[Counts], titles: Mapping[str, str]) -> Iterator[str]:
    heads = "".join(f'<th scope="col" class="n">{escape(labels.CLASSES[one])}</th>' for one in _CLASSES)
    yield '<table class="numbers"><caption>Antal satser</caption>'
    yield f'<thead><tr><th scope="col">Text</th>{heads}<th scope="col" class="n">alla</th></tr></thead><tbody>'
    for one in numbers:
        cells = "".join(f'<td class="n">{one.classes[name]}</td>' for name in _CLASSES)
        link = f'<a href="#{escape(one.instrument)}">{escape(titles[one.instrument])}</a>'
        yield f'<tr><th scope="row">{link}</th>{cells}<td class="n">{one.total}</td></tr>'
    yield "</tbody></table>"


def _instrument(one: Instrument, found: Sequence[Entry]) -> Iterator[str]:
    yield f'<h2 id="{escape(one.instrument)}">{escape(one.title)}</h2>'
    heads = ("Plats", "Innebörd", "Binder", "Vem", "Redovisning")
    row = "".join(f'<th scope="col">{head}</th>' for head in heads)
    yield '<table class="texts"><caption>Satserna i textens ordning</caption>'
    yield f"<thead><tr>{row}</tr></thead><tbody>"
    yield from (_row(entry) for entry in found)
    yield "</tbody></table>"
    if one.findings:
        yield f"<h3>Att se upp med i {escape(one.title)}</h3><ul>"
        yield from (_finding(finding) for finding in one.findings.values())
        yield "</ul>"


def _row(entry: Entry) -> str:
    clause = entry.clause
    name = f"{entry.instrument.instrument}.{entry.name}"
    english = f'<p class="en" lang="en">{escape(clause.en)}</p>' if clause.en else ""
    read = " · ".join(f"{escape(reading(code, choice))} <code>{escape(code)}</code>" for code, choice in entry.readings)
    account = escape(account_words(entry)) + (f'<p class="read">Läses: {read}</p>' if read else "")
    head = f'{escape(stands(entry))}<br><code class="name">{escape(entry.name)}</code>'
    return (
        f'<tr id="{escape(name)}"><th scope="row">{head}</th>'
        f'<td>{escape(clause.sv or "")}{english}</td><td data-head="Binder">{escape(modality_word(clause))}</td>'
        f"{_cell('Vem', escape(between(entry)))}{_cell('Redovisning', account)}</tr>"
    )


def _cell(head: str, content: str) -> str:
    """A cell that says on a narrow screen what it is; an empty one says nothing."""
    return f'<td data-head="{head}">{content}</td>' if content else "<td></td>"


def _finding(one: Discrepancy) -> str:
    english = f'<p class="en" lang="en">{escape(one.en)}</p>' if one.en else ""
    return f"<li>{escape(labels.DISCREPANCIES[one.kind])}: {escape(one.sv)}{english}</li>"
