"""The program's entry, as the command `avtalsvakt` and by `python -m avtalsvakt`.

Reading the program makes more values than most commands do, and all of them stay. So what the search for garbage is to
do is settled before anything else is read; and at the end, where it would go twice through what the system takes back.
"""

from avtalsvakt_engine.sweeping import sweep_no_more, sweep_seldom


def main() -> None:
    """Run the program and leave with its exit code."""
    sweep_seldom()
    from avtalsvakt.cli import main as command_line

    try:
        command_line()
    finally:
        sweep_no_more()


if __name__ == "__main__":
    main()
