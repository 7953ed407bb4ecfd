"""The bill of materials and the list of licences are what the lock says."""

import json
import runpy
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SCRIPT = runpy.run_path(str(ROOT / "scripts" / "sbom.py"))
PINS = SCRIPT["pins"]((ROOT / "requirements" / "runtime.lock").read_text(encoding="utf-8"))


def test_the_bill_has_every_pin_of_the_lock_with_its_hashes() -> None:
    bill = json.loads((ROOT / "docs" / "sbom.cdx.json").read_text(encoding="utf-8"))
    assert (bill["bomFormat"], bill["specVersion"]) == ("CycloneDX", "1.6")
    listed = [
        (one["name"], one["version"], [each["hashes"][0]["content"] for each in one["externalReferences"]])
        for one in bill["components"]
    ]
    assert listed == PINS, "make sbom"
    assert len(PINS) > 30


def test_every_package_has_a_line_with_its_licence() -> None:
    lines = (ROOT / "docs" / "licenser.md").read_text(encoding="utf-8").splitlines()
    rows = [tuple(cell.strip() for cell in line.split("|")[1:4]) for line in lines if line.startswith("| ")][1:]
    assert [row[:2] for row in rows] == [(name, version) for name, version, _ in PINS], "make sbom"
    silent = {name for name, _, said in rows if said == "uppges inte"}
    assert not silent, silent
