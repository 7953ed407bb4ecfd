"""How a duty is met, in a few lines: the first command, and what follows it in the same chain."""

from collections.abc import Iterator, Sequence
from textwrap import wrap

from avtalsvakt.answers.acts import Act, HowTo, followed
from avtalsvakt.words.summary import counted

ARROW = "→ "
LEAST = 20  # columns for text, however narrow the window is


def compact(how: HowTo) -> Iterator[str]:
    """For a list: the first command; of a chain that is told elsewhere where, else how many steps come after it."""
    if how.first != how.duty:
        yield f"{ARROW}görs tillsammans med {how.first}"
        return
    first, *rest = how.acts
    yield f"{ARROW}{first.command}{times(first)}"
    if rest:
        from avtalsvakt_engine.explaining.names import names_of  # a list without proposals must not wait for it

        kinds = ", ".join(dict.fromkeys(names_of().kind(one.kind) for one in rest))
        yield f"  sedan {counted(len(rest), 'steg', 'steg')} till ({kinds}): avtalsvakt why {how.duty}"


def whole(acts: Sequence[Act]) -> tuple[str, ...]:
    """For an explanation: every act with its command, numbered where there are several."""
    lines: list[str] = []
    links = followed(acts)
    for number, act in enumerate(acts, start=1):
        place = f"{number}. " if len(acts) > 1 else ""
        lines.append(f"{place}{act.title}{times(act)}:" if len(acts) > 1 or act.times > 1 else f"{act.title}:")
        lines.append(f"  {act.command}")
        lines += [f"  {name}: beteckningen som steg {one} får" for name, one in links.get(number, ())]
    if any(act.missing for act in acts):
        lines.append("… fylls i av den som registrerar")
    return tuple(lines)


def times(act: Act) -> str:
    """How often, where that is more than once."""
    return f" ({act.times} gånger)" if act.times > 1 else ""


def folded(text: str, width: int, further: int = 4) -> list[str]:
    """A line folded at words under its own indent, what follows `further` in; a word, and so a key, is never broken."""
    indent = text[: len(text) - len(text.lstrip())]
    after = f"{indent}{'':<{further}}"
    return wrap(text.strip(), max(width, len(after) + LEAST), initial_indent=indent, subsequent_indent=after,
                break_long_words=False, break_on_hyphens=False) or [""]  # fmt: skip
