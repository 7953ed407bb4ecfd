#!/usr/bin/env python3
"""Verifies an archive of an avtalsregister: python3 verify_archive.py ARKIV.zip [KONTROLLSUMMA]

Knows only the format that docs/registret.md describes and needs nothing but Python. KONTROLLSUMMA, noted earlier and
elsewhere, is the end of the chain or any sum in it, or the manifest's own. Exit code 0 if all is well, 1 if not.
"""

import hashlib
import json
import sys
import zipfile
from collections.abc import Iterator

LARGEST = 2_000_000_000
ZEROS = "0" * 64


def sha256(data: bytes) -> str:
    """The SHA-256 in hexadecimal."""
    return hashlib.sha256(data).hexdigest()


def follow(lines: list[str], sums: list[str], what: str, end: object) -> Iterator[str]:
    """What does not fit in a chain of lines: each sum is over the one before, a line feed and the line."""
    if len(lines) != len(sums):
        yield f"{what}: {len(lines)} rader men {len(sums)} summor"
    before = ZEROS
    for number, (line, stored) in enumerate(zip(lines, sums, strict=False), start=1):
        if sha256(f"{before}\n{line}".encode()) != stored:
            yield f"{what}: rad {number} stämmer inte med sin summa"
        before = stored
    if (before if sums else None) != end and not (not sums and end in (None, ZEROS)):
        yield f"{what}: slutet är {before}, manifestet säger {end}"


def verify(archive: zipfile.ZipFile, noted: str | None) -> Iterator[str]:
    """Everything that is wrong with the archive."""
    names = archive.namelist()
    if len(names) != len(set(names)):
        yield "ett filnamn står två gånger"
    if sum(entry.file_size for entry in archive.infolist()) > LARGEST:
        yield "arkivet är orimligt stort"
        return
    files = {name: archive.read(name) for name in names}
    manifest = json.loads(files["manifest.json"])
    if manifest["format"] != "avtalsvakt-arkiv 1":
        yield f"okänt format: {manifest['format']}"
        return
    for name in sorted(set(names) ^ {*manifest["filer"], "manifest.json"}):
        yield f"{name}: {'finns inte i manifestet' if name in files else 'saknas'}"
    for name, entry in manifest["filer"].items():
        if name in files and (sha256(files[name]), len(files[name])) != (entry["sha256"], entry["byte"]):
            yield f"{name}: är ändrad"

    def lines(name: str) -> list[str]:
        return files.get(name, b"").decode().split("\n")[:-1]

    facts, sums = lines("fakta/kedja.jsonl"), lines("fakta/summor.txt")
    yield from follow(facts, sums, "fakta/kedja.jsonl", manifest["kedjans_slut"])
    sealed, seals = lines("korningar/forseglat.jsonl"), lines("korningar/sigill.txt")
    yield from follow(sealed, seals, "korningar/forseglat.jsonl", manifest["senaste_sigill"])
    if [json.loads(line)[0] for line in facts] != list(range(1, manifest["registreringar"] + 1)):
        yield "fakta/kedja.jsonl: numreringen är inte 1, 2, 3 …"
    yield from against_runs(sealed, sums, json.loads(files.get("verdikt/verdikt.json", b"[]")))
    if noted and noted not in {*sums, *seals, sha256(files["manifest.json"])}:
        yield f"den antecknade kontrollsumman {noted} finns inte i arkivet"


def against_runs(sealed: list[str], sums: list[str], verdicts: list[dict[str, object]]) -> Iterator[str]:
    """Whether each run saw the chain as it is, and whether the verdicts are those that the runs ended with."""
    latest: dict[str, tuple[object, ...]] = {}
    for line in sealed:
        run = json.loads(line)
        number, head, head_hash, changes = run[0], run[6], run[7], run[12]
        if (sums[head - 1] if 0 < head <= len(sums) else ZEROS) != head_hash:
            yield f"körning {number}: såg en annan kedja än den som finns här"
        for duty, agreement, _, status, _, _, _ in changes:
            if status == "withdrawn":
                latest.pop(duty, None)
            else:
                latest[duty] = (agreement, status)
    stored = {str(one["duty"]): (one["agreement"], one["status"]) for one in verdicts}
    for duty in sorted(latest.keys() | stored.keys()):
        if latest.get(duty) != stored.get(duty):
            yield f"verdikt/verdikt.json: {duty} är inte vad körningarna slutade med"


def main(arguments: list[str]) -> int:
    """Verify and tell; the exit code."""
    if not 1 <= len(arguments) <= 2:
        print(__doc__)
        return 2
    problems: list[str] = []
    try:
        with zipfile.ZipFile(arguments[0]) as archive:
            # One at a time: what is said before the archive fails is kept.
            problems.extend(verify(archive, arguments[1] if len(arguments) > 1 else None))
    except (OSError, zipfile.BadZipFile, LookupError, TypeError, ValueError, EOFError) as error:
        problems.append(f"arkivet kan inte läsas: {type(error).__name__}: {error}")
    for problem in problems:
        print(f"Stämmer inte: {problem}")
    print("Arkivet stämmer." if not problems else f"{len(problems)} fel.")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
