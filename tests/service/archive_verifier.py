"""The verifier that stands beside an archive, read as a module; it knows nothing of the program."""

import importlib.util
from functools import cache
from pathlib import Path
from types import ModuleType

SCRIPT = Path(__file__).resolve().parents[2] / "scripts" / "verify_archive.py"


@cache
def script() -> ModuleType:
    """The script."""
    spec = importlib.util.spec_from_file_location("verify_archive", SCRIPT)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
