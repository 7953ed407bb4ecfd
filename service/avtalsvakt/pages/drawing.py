"""Draws pages: templates with the texts of the table, filled in with values. All that is filled in is escaped."""

from collections import defaultdict
from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from hashlib import sha256
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape
from starlette.requests import Request
from starlette.responses import Response

from avtalsvakt.pages import day_words
from avtalsvakt.pages.marks import mark
from avtalsvakt.pages.seals import FIELD, Sealer
from avtalsvakt.pages.signing import Signing
from avtalsvakt.pages.texts import text
from avtalsvakt.rights import EVERYTHING, Rights
from avtalsvakt_engine.explaining import labels

HERE = Path(__file__).parent
PLURAL = "{}|{}"


@lru_cache(maxsize=1)
def style() -> tuple[bytes, str]:
    """The style sheet and what names this version of it."""
    content = (HERE / "static" / "style.css").read_bytes()
    return content, sha256(content).hexdigest()[:12]


@lru_cache(maxsize=1)
def environment() -> Environment:
    """The templates, read once."""
    made = Environment(
        loader=FileSystemLoader(HERE / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    made.globals |= {"t": said, "mark": mark, "many": many, "status": labels.status}
    made.filters |= {
        "in_full": day_words.in_full,
        "weekday": day_words.weekday,
        "number": day_words.number,
        "spoken": day_words.spoken,
        "big": lambda words: words[:1].upper() + words[1:],
    }
    return made


def said(key: str, /, **values: object) -> Markup:
    """A text of the table with its values filled in, which are escaped."""
    return Markup(escape(text(key))).format(**values) if values else escape(text(key))  # noqa: S704 - escaped


def many(key: str, count: int, **values: object) -> Markup:
    """A text for one or for several: the table has both, with a bar between; `{n}` is the number in words."""
    one, _, several = text(key).partition("|")
    chosen = one if count == 1 else several
    return Markup(escape(chosen)).format(n=day_words.number(count), **values)  # noqa: S704 - escaped


def drawn(markup: str) -> Markup:
    """Markup that another room has written and escaped; a picture inside a page needs no name of its language."""
    return Markup(markup.replace(' xmlns="http://www.w3.org/2000/svg"', ""))  # noqa: S704 - escaped where it is written


def page(
    request: Request,
    name: str,
    values: Mapping[str, object],
    *,
    here: str = "",
    today: date | None = None,
    status: int = 200,
) -> Response:
    """A page as an answer. `here` is the place in the menu; `today` is what days are told from."""
    common = _common(request, here)
    if today is not None:
        common |= {
            "today": today,
            "day": lambda one: _day(one, today),
            "far": lambda one: day_words.distance(one, today),
        }
    if isinstance(given := values.get("given"), Mapping):  # what was typed: a field that was not sent is empty
        common["given"], values = defaultdict(str, given), {key: one for key, one in values.items() if key != "given"}
    content = environment().get_template(name).render({**common, **values})
    return Response(content, status, media_type="text/html; charset=utf-8", headers={"Content-Language": "sv"})


def _common(request: Request, here: str) -> dict[str, object]:
    """What every page says of the one who asks, what they may, and where in the menu they are."""
    state = request.app.state if "app" in request.scope else None
    sealer: Sealer | None = getattr(state, "sealer", None)
    signing: Signing | None = getattr(state, "signing", None)
    prefix = str(request.scope.get("pages_prefix", ""))
    rights: Rights = request.scope.get("rights", EVERYTHING)
    return {
        "here": here,
        "prefix": prefix,
        "style": f"{prefix}/stil/{style()[1]}.css",
        "asker": request.scope.get("asker"),
        "signs_out": signing is not None and signing.way is not None,
        "may": rights.may,
        "may_somewhere": rights.may_somewhere,
        "sees": rights.sees,
        "seal_field": FIELD,
        "seal": lambda: _seal(request, sealer),
    }


def _seal(request: Request, sealer: Sealer | None) -> str:
    """The seal for a form; the page then needs its cookie."""
    request.scope["needs_session"] = True
    if sealer is None:
        return ""
    return sealer.seal(str(request.scope["session_secret"]), str(request.scope.get("asker") or ""))


def _day(day: date, today: date) -> Markup:
    """A day in full, with its distance, as markup that programs read too."""
    return Markup('<time datetime="{}">{}</time>').format(day.isoformat(), day_words.told(day, today))
