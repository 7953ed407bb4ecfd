"""Signed heads kept in a file elsewhere: each night adds its own, if the register goes on from those that are there.

In come an open register and the file, out come Problems; none where all is well. Whoever changes the register cannot
change what is kept on another machine, and the next night finds it.
"""

from pathlib import Path

from avtalsvakt_engine.storage.database.register import Register
from avtalsvakt_engine.storage.integrity.atomic_files import whole
from avtalsvakt_engine.storage.proof.signed_heads import continues, read_heads, signed_heads
from avtalsvakt_rules.problems import Problem, Rejected


def keep_heads(register: Register, file: Path) -> tuple[Problem, ...]:
    """Add the heads that the file lacks; why nothing was added, if the register does not continue what is there."""
    try:
        text = file.read_text(encoding="utf-8") if file.exists() else ""
        kept = read_heads(text, str(file)) if text else []
        if found := tuple(continues(register.connection, kept, str(file), register.path)):
            return found
        after = max((one.run for one in kept), default=0)
        lines = "".join(f"{one.line}\n" for one in signed_heads(register.connection, after))
        if lines:
            with whole(file, replace=True) as beside:
                beside.write_text(text + lines, encoding="utf-8")
    except Rejected as rejected:
        return rejected.problems
    except (OSError, UnicodeError) as error:
        why = f"systemet svarar: {getattr(error, 'strerror', None) or error}"
        return (Problem("huvudena kan inte sparas", str(file), why, "kontrollera sökvägen och rättigheterna"),)
    return ()
