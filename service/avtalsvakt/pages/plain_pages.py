"""Pages that tell and ask nothing: the style sheet, accessibility, what the words mean."""

from starlette.requests import Request
from starlette.responses import Response

from avtalsvakt.pages.drawing import page, style
from avtalsvakt.settings import Settings
from avtalsvakt_engine.explaining import labels


async def style_sheet(_: Request) -> Response:
    """The style sheet; its address changes with it, so it may be kept."""
    return Response(style()[0], media_type="text/css; charset=utf-8",
                    headers={"Cache-Control": "private, max-age=31536000, immutable"})  # fmt: skip


def accessibility(request: Request, _: Settings) -> Response:
    """How accessible the pages are, and what to do where they are not."""
    return page(request, "accessibility.html", {})


def about(request: Request, _: Settings) -> Response:
    """What is judged, and what the words mean."""
    return page(request, "about.html", {"words": tuple(labels.TERMS.items())})
