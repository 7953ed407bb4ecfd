"""What goes wrong, said to the person who can mend it: what, where, why, remedy, on stderr. Never a traceback.

Exit codes: 0 all judged and done, 1 something was not (not evaluated, not stored, not published), 2 bad input or usage,
130 interrupted, 141 nobody reads the output.
"""

import errno
import os
import sys
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from typing import TextIO

import click

from avtalsvakt.terminal.visible import visible
from avtalsvakt_rules.problems import Problem, Rejected, few

ALL_JUDGED, NOT_EVALUATED, BAD_INPUT, FAULT, INTERRUPTED, UNREAD = 0, 1, 2, 70, 130, 141
DEBUG = "AVTALSVAKT_DEBUG"
STOPPED = "Avbrutet. Inget halvfärdigt har sparats."
_LONGEST = 1_000  # letters of one line of a message; what is quoted may come from a file


NO_MEMORY = Problem(
    "minnet räcker inte",
    "datorn",
    "operativsystemet ger programmet inte mer minne",
    "stäng annat, eller höj gränsen (tjänstens MemoryMax, 'ulimit -v'), och kör igen; inget halvfärdigt har sparats",
)


class OutputGone(Exception):  # noqa: N818 - what happened, no fault of the program's
    """Nobody reads the output any more."""


def guarded(command: Callable[[], int | None]) -> int:
    """Carry out a command and give its exit code, whatever happens in it."""
    try:
        code = command() or ALL_JUDGED
        sys.stdout.flush()
    except Rejected as rejected:
        tell(rejected.problems)
        code = BAD_INPUT
    except click.exceptions.NoArgsIsHelpError as help_page:
        _say(help_page.format_message())
        code = BAD_INPUT
    except click.UsageError as error:
        tell([_usage(error)])
        code = BAD_INPUT
    except (KeyboardInterrupt, click.Abort):
        _say(STOPPED)
        code = INTERRUPTED
    except (BrokenPipeError, OutputGone):
        _let_go_of_output()
        code = UNREAD
    except OSError as error:
        tell(problems_of(error))
        code = BAD_INPUT
    except Exception as error:  # the last resort: nobody but a developer is helped by a traceback
        code = INTERRUPTED if _interrupted(error) else BAD_INPUT if _out_of_memory(error) else FAULT
        if code == FAULT and os.environ.get(DEBUG):
            raise
        _say(STOPPED) if code == INTERRUPTED else tell(problems_of(error))
    return code


def tell(problems: Iterable[Problem], *, heading: str = "Fel", file: TextIO | None = None) -> None:
    """Write problems on stderr, four lines each: the first fifty, and how many more there are."""
    for problem in few(tuple(problems)):
        _say(written(problem, heading), file)


def problems_of(error: Exception) -> Sequence[Problem]:
    """What went wrong, as problems, whatever raised it."""
    if isinstance(error, Rejected):
        return error.problems
    if _out_of_memory(error):
        return [NO_MEMORY]
    return [_surroundings(error) if isinstance(error, OSError) else _fault(error)]


def warn(problems: Sequence[Problem]) -> None:
    """Write what is unusual but allowed on stderr, a line each: it must not drown what was done."""
    for problem in few(problems, "varningar"):
        _say(_cut(f"Obs: {problem.where}: {problem.what} ({problem.why}); {problem.remedy}"))


def written(problem: Problem, heading: str = "Fel") -> str:
    """The problem as a person reads it."""
    lines = (
        f"{heading}: {problem.what}",
        f"  Var:    {problem.where}",
        f"  Varför: {problem.why}",
        f"  Åtgärd: {problem.remedy}",
    )
    return "\n".join(map(_cut, lines))


def _say(text: str, file: TextIO | None = None) -> None:
    """Write on stderr, or in a file; where that takes nothing (a full disk, a closed pipe) the exit code has to do."""
    with suppress(OSError):
        click.echo(text, err=file is None, file=file)


def _cut(line: str) -> str:
    return visible(line if len(line) <= _LONGEST else line[:_LONGEST] + "…")


def _usage(error: click.UsageError) -> Problem:
    """What is wrong with the way the program was called."""
    path = error.ctx.command_path if error.ctx else "avtalsvakt"
    what, _, hint = error.format_message().partition(" menade du ")
    if near := getattr(error, "possibilities", None):
        what, hint = error.message, f"{' eller '.join(near)}?"
    remedy = f"menade du {hint}" if hint else f"se '{path} --help'"
    return Problem(what.strip().rstrip(".").rstrip(), path, _reason(error), remedy)


def _reason(error: click.UsageError) -> str:
    """Why a call cannot be understood."""
    if isinstance(error, click.NoSuchOption):
        return "kommandot har ingen sådan flagga"
    if isinstance(error, click.MissingParameter):
        return "kommandot kan inte utföras utan"
    if isinstance(error, click.exceptions.NoSuchCommand):
        return "programmet har inget sådant kommando"
    return "kommandot förstår inte det som står på raden"


def _surroundings(error: OSError) -> Problem:
    """What the machine refused."""
    where = str(error.filename or "datorn")
    why = f"operativsystemet svarar: {error.strerror or error}"
    return Problem("det gick inte att läsa eller skriva", where, why, "kontrollera sökväg, rättigheter och utrymme")


def _interrupted(error: BaseException | None) -> bool:
    """Whether somebody interrupted, while a class was made or the like, of which Python makes another error."""
    while error is not None and not isinstance(error, KeyboardInterrupt):
        error = error.__cause__ or error.__context__
    return error is not None


def _out_of_memory(error: Exception) -> bool:
    """Whether the machine gave no more memory, however it was said: a module cannot be read without any either."""
    if isinstance(error, ImportError):
        return "failed to map segment" in str(error) or "allocate memory" in str(error)
    return isinstance(error, MemoryError) or (isinstance(error, OSError) and error.errno == errno.ENOMEM)


def _fault(error: Exception) -> Problem:
    """A mistake in the program itself: the only thing the reader can do is to report it."""
    why = f"{type(error).__name__}: {error}"
    remedy = f"kör om med {DEBUG}=1 i miljön och rapportera det som då skrivs ut; inget halvfärdigt har sparats"
    return Problem("programmet har ett fel", "avtalsvakt", why, remedy)


def _let_go_of_output() -> None:
    """Point stdout nowhere, so that Python does not complain again when it flushes at exit."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stdout.fileno())
    os.close(nowhere)
