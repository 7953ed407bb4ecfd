"""What stands in an event's title: verb, object, number, and the agreement's short name; it works when cut short.

In come words as they stand in rule files, out come titles of at most 40 characters, the telling part first.
"""

import re

from avtalsvakt_calendars.phrases import clip, one_line
from avtalsvakt_rules.texts.expressions import expression

LONGEST = 40
LONGEST_NAME = 18
_DEFINITE = (("gruppen", "grupp"), ("rådet", "råd"), ("forumet", "forum"), ("nämnden", "nämnd"))
_ASIDE = expression(r"\s*(\(.*|/.*|,.*)$", re.DOTALL)
_QUALIFIED = expression(r"(?i)^(?:den |det )?(?:lokal[at]?|stadsövergripande) ")
_MADE = expression(
    r"^(Uppdatera|Revidera|Upprätta|Gör|Genomför|Lämna|Ta fram|Följ upp|Utvärdera|Teckna|Komplettera|Presentera"
    r"|Sammanställ|Redovisa|Besluta om|Avtala om|Håll) "
)


def heading(act: str, name: str, number: str = "", about: str | None = None) -> str:
    """`Håll styrgrupp 2/2 · Östermalm`. What is too long is cut in what the act is about, never in the rest."""
    tail = f"{f' {number}' if number else ''} · {_named(one_line(name))}"
    text, room = one_line(f"{act} {about}" if about else act), LONGEST - len(tail)
    # Inside a word if need be: what is left of it says more than the room that it would leave.
    return (text if len(text) <= room else f"{text[: room - 1].rstrip(' ,;:–(')}…") + tail


def _named(name: str) -> str:
    """An agreement's name as short as it has to be; what stands after a comma goes first."""
    return name if len(name) <= LONGEST_NAME else clip(name.partition(",")[0], LONGEST_NAME).replace(" och…", "…")


def body_in_short(label: str, name: str) -> str:
    """A body as the object of a verb: `styrgrupp` for `Styrgruppen Vaxholm` in the agreement called Vaxholm."""
    text = _QUALIFIED.sub("", _ASIDE.sub("", one_line(label)))
    for word in (f"{name}s ", f" {name}"):
        text = text.removeprefix(word) if word.endswith(" ") else text.removesuffix(word)
    head, *rest = text.split(" ") if text else [label]
    for definite, plain in _DEFINITE:
        if head.endswith(definite):
            head = head.removesuffix(definite) + plain
    return " ".join([lowered(head), *rest])


def lowered(text: str) -> str:
    """The text with a small first letter; an abbreviation stays as it is."""
    return text if text[:2].isupper() else text[:1].lower() + text[1:]


def prepared(act: str) -> str:
    """What one does before an act: `Förbered lägesbilden` for `Uppdatera lägesbilden`."""
    made = _MADE.sub("", act)
    return f"Förbered {made}" if made != act else f"Förbered: {lowered(act)}"
