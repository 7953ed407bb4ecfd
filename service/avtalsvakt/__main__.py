"""The program's entry, as the command `avtalsvakt` and by `python -m avtalsvakt`.

Reading the program makes more values than most commands do, and all of them stay. So what the search for garbage is to
do is settled before anything else is read; and at the end they are not taken apart one by one, which takes Python as
long as a tenth of a short command, but left to the system, which takes back the process's memory at once.
"""

import atexit
import os
import sys
import threading

from avtalsvakt_engine.sweeping import sweep_no_more, sweep_seldom


def main() -> None:
    """Run the program and leave with its exit code."""
    sweep_seldom()
    from avtalsvakt.cli import main as command_line

    try:
        command_line()
    except SystemExit as end:
        _leave(end.code)
        raise


def _leave(code: str | int | None) -> None:
    """Leave at once, after what was to be done at the end; where threads still work Python ends as it does."""
    sweep_no_more()
    if not isinstance(code, int) or threading.active_count() > 1:
        return
    atexit._run_exitfuncs()
    try:
        sys.stdout.flush()
        sys.stderr.flush()
    except (OSError, ValueError):  # nobody takes what is left, which Python says in its own way
        return
    os._exit(code)


if __name__ == "__main__":
    main()
