"""`python -m avtalsvakt`: the same as the command `avtalsvakt`."""

from avtalsvakt.cli import main

main()
