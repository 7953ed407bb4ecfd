"""The archive's first page, for people: what is in it, the state of each agreement, and how to verify it."""

from collections import Counter
from collections.abc import Mapping, Sequence
from html import escape

from avtalsvakt_engine.explaining import labels
from avtalsvakt_engine.facts import Fact
from avtalsvakt_engine.storage.conclusions.store import Run
from avtalsvakt_engine.verdicts import InstrumentState, Verdict

_PAGE = """<!DOCTYPE html>
<html lang="sv">
<head><meta charset="utf-8"><title>Avtalsregister, arkiv</title>
<style>body{{font-family:sans-serif;max-width:60em;margin:2em auto;padding:0 1em}}table{{border-collapse:collapse}}
td,th{{border:1px solid #bbb;padding:.2em .6em;text-align:left}}code{{word-break:break-all}}</style></head>
<body>
<h1>Avtalsregister, arkiv</h1>
<p>Skapat {created}. {facts} registreringar, {runs} körningar.</p>
<p>Kedjans slut: <code>{head}</code><br>Senaste sigill: <code>{seal}</code></p>
<h2>Vad som finns här</h2>
<ul>
<li><code>fakta/kedja.jsonl</code>: varje registrering som den skrevs, i ordning; <code>fakta/texter.jsonl</code>:
det i den som kan gallras; <code>fakta/gallringar.jsonl</code>: vad som är gallrat och enligt vilket beslut;
<code>fakta/summor.txt</code>: kedjans kontrollsummor; <code>fakta/fakta.csv</code>: samma registreringar som
tabell.</li>
<li><code>regler/</code>: de regelfiler som körningarna använde, en mapp för varje regelboks fingeravtryck.</li>
<li><code>korningar/</code>: varje körning, vad den kom fram till (<code>slutsatser.jsonl</code>), hashträdens rötter,
sigillen och överträdelserna.</li>
<li><code>verdikt/</code>: bedömningen av varje skyldighet enligt den senaste körningen.</li>
<li><code>forklaringar/</code>: varför, på svenska{missing}.</li>
<li><code>manifest.json</code>: kontrollsumman (SHA-256) för varje fil.</li>
</ul>
<h2>Avtalen{day}</h2>
<table><tr><th>Avtal</th><th>Tillstånd</th><th>Registreringar</th><th>Skyldigheter</th></tr>
{rows}
</table>
<h2>Så kontrolleras arkivet</h2>
<p>Varje fils SHA-256 ska vara den som står i manifestet. Kontrollsumman för en registrering är SHA-256 av den
föregående summan (64 nollor före den första), en radmatning och raden i <code>kedja.jsonl</code>{older}; den sista ska
vara kedjans slut. Sigillen följer på samma sätt av raderna i <code>forseglat.jsonl</code>. Jämför kedjans slut med det
som antecknats på annat håll.</p>
</body>
</html>
"""


_OLDER = " (för de {} första: raden i det äldre formatet, med texterna i klartext)"


def index_page(
    about: Mapping[str, object],
    facts: Sequence[Fact],
    runs: Sequence[Run],
    verdicts: Sequence[Verdict],
    states: Sequence[InstrumentState],
    missing: str | None,
) -> str:
    """The page as HTML without anything to fetch or run; every text is escaped. `missing`: why nothing is explained."""
    recorded = Counter(one.agreement for one in facts)
    judged: dict[str, Counter[str]] = {}
    for one in verdicts:
        judged.setdefault(one.agreement, Counter())[one.status] += 1
    known = {state.agreement: state.state for state in states}
    rows = [
        (name, labels.STATES.get(known.get(name, ""), known.get(name, "")), recorded[name], _counts(judged.get(name)))
        for name in sorted({*recorded, *known})
    ]
    return _PAGE.format(
        created=_text(about["skapat"]),
        facts=_text(about["registreringar"]),
        runs=_text(about["körningar"]),
        head=_text(about["kedjans_slut"]),
        seal=_text(about["senaste_sigill"] or "inget"),
        missing=_text(f" (saknas: {missing})" if missing else ""),
        day=_text(f" per {runs[-1].as_of}" if runs else ""),
        older=_text(_OLDER.format(about["äldre_registreringar"]) if about["äldre_registreringar"] else ""),
        rows="\n".join(f"<tr>{''.join(f'<td>{_text(cell)}</td>' for cell in row)}</tr>" for row in rows),
    )


def _counts(found: Counter[str] | None) -> str:
    counts = found or Counter()
    return ", ".join(f"{counts[code]} {labels.status(code)}" for code in labels.STATUSES if counts[code])


def _text(value: object) -> str:
    return escape(str(value))
