#!/usr/bin/env python3
"""Verifies an archive of an avtalsregister: python3 verify_archive.py ARKIV.zip [KONTROLLSUMMA | HUVUDEN.jsonl]

Knows only the formats that docs/registret.md describes and needs nothing but Python. KONTROLLSUMMA, noted earlier and
elsewhere, is the end of the chain or any sum in it, or the manifest's own; HUVUDEN.jsonl are signed heads kept
elsewhere. Exit code 0 if all is well, 1 if not.
"""

import hashlib
import json
import sys
import zipfile
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

LARGEST = 2_000_000_000
ZEROS = "0" * 64
Lines = Callable[[str], list[str]]
PRIME, ORDER = 2**255 - 19, 2**252 + 27742317777372353535851937790883648493
CURVE = -121665 * pow(121666, -1, PRIME) % PRIME
Point = tuple[int, int, int, int]


def sha256(data: bytes) -> str:
    """The SHA-256 in hexadecimal."""
    return hashlib.sha256(data).hexdigest()


def chained(before: str, line: str) -> str:
    """The sum over a line after the sum before it."""
    return sha256(f"{before}\n{line}".encode())


def canonical(value: object) -> str:
    """JSON with names in order, without spaces and escapes."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def compact(value: object) -> str:
    """JSON without spaces and escapes."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def root(lines: Iterable[str]) -> str:
    """The root of the tree over lines (RFC 9162, section 2.1.1)."""
    peaks: list[bytes] = []
    for size, line in enumerate(lines):
        one, left = hashlib.sha256(b"\x00" + line.encode()).digest(), size
        while left & 1:
            one, left = hashlib.sha256(b"\x01" + peaks.pop() + one).digest(), left >> 1
        peaks.append(one)
    found = peaks.pop() if peaks else hashlib.sha256().digest()
    while peaks:
        found = hashlib.sha256(b"\x01" + peaks.pop() + found).digest()
    return found.hex()


def signed(public: str, data: bytes, signature: str) -> bool:
    """Whether the key with the public half signed the data (Ed25519, RFC 8032, section 5.1.7; both in hexadecimal)."""
    key, said = bytes.fromhex(public), bytes.fromhex(signature)
    if (len(key), len(said)) != (32, 64):
        return False
    owner, nonce, times = point(key), point(said[:32]), int.from_bytes(said[32:], "little")
    base = point((4 * pow(5, -1, PRIME) % PRIME).to_bytes(32, "little"))
    if owner is None or nonce is None or base is None or times >= ORDER:
        return False
    asked = int.from_bytes(hashlib.sha512(said[:32] + key + data).digest(), "little") % ORDER
    left, right = multiplied(times, base), plus(nonce, multiplied(asked, owner))
    return all((left[axis] * right[2] - right[axis] * left[2]) % PRIME == 0 for axis in (0, 1))


def point(data: bytes) -> Point | None:
    """The point that 32 bytes stand for (section 5.1.3), as X, Y, Z and T; None where they stand for none."""
    number = int.from_bytes(data, "little")
    y, odd = number & ((1 << 255) - 1), number >> 255
    square = (y * y - 1) * pow(CURVE * y * y + 1, -1, PRIME) % PRIME
    x = pow(square, (PRIME + 3) // 8, PRIME)
    if (x * x - square) % PRIME:
        x = x * pow(2, (PRIME - 1) // 4, PRIME) % PRIME
    if y >= PRIME or (x * x - square) % PRIME or (x == 0 and odd):
        return None
    x = PRIME - x if x & 1 != odd else x
    return x, y, 1, x * y % PRIME


def plus(one: Point, two: Point) -> Point:
    """The sum of two points (section 5.1.4)."""
    a, b = (one[1] - one[0]) * (two[1] - two[0]), (one[1] + one[0]) * (two[1] + two[0])
    c, d = 2 * one[3] * two[3] * CURVE, 2 * one[2] * two[2]
    e, f, g, h = b - a, d - c, d + c, b + a
    return e * f % PRIME, g * h % PRIME, f * g % PRIME, e * h % PRIME


def multiplied(times: int, one: Point) -> Point:
    """A point added to itself so many times."""
    found: Point = (0, 1, 1, 0)
    while times:
        found, one, times = (plus(found, one) if times & 1 else found), plus(one, one), times >> 1
    return found


def follow(lines: list[str | None], sums: list[str], what: str, end: object) -> Iterator[str]:
    """What does not fit in a chain of lines; a line that is None cannot be told any more, and is passed over."""
    if len(lines) != len(sums):
        yield f"{what}: {len(lines)} rader men {len(sums)} summor"
    before = ZEROS
    for number, (line, stored) in enumerate(zip(lines, sums, strict=False), start=1):
        if line is not None and chained(before, line) != stored:
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
    if manifest["format"] not in ("avtalsvakt-arkiv 1", "avtalsvakt-arkiv 2"):
        yield f"okänt format: {manifest['format']}"
        return
    yield from against_manifest(manifest, files)

    def lines(name: str) -> list[str]:
        return files.get(name, b"").decode().split("\n")[:-1]

    facts, sums, seals = lines("fakta/kedja.jsonl"), lines("fakta/summor.txt"), lines("korningar/sigill.txt")
    second = manifest["format"] == "avtalsvakt-arkiv 2"
    told, wrong = second_facts(manifest, lines) if second else (list[str | None](facts), [])
    yield from wrong
    yield from follow(told, sums, "fakta/kedja.jsonl", manifest["kedjans_slut"])
    sealed = lines("korningar/forseglat.jsonl")
    yield from follow(list(sealed), seals, "korningar/forseglat.jsonl", manifest["senaste_sigill"])
    if [json.loads(line)[0] for line in facts] != list(range(1, manifest["registreringar"] + 1)):
        yield "fakta/kedja.jsonl: numreringen är inte 1, 2, 3 …"
    stored = json.loads(files.get("verdikt/verdikt.json", b"[]"))
    if second:
        yield from against_roots(manifest, lines, files, stored)
    else:
        yield from against_runs(sealed, sums, stored)
    yield from against_noted(noted, lines, {*sums, *seals, sha256(files["manifest.json"])})


def against_manifest(manifest: dict[str, Any], files: dict[str, bytes]) -> Iterator[str]:
    """Whether the files are those of the manifest."""
    for name in sorted(files.keys() ^ {*manifest["filer"], "manifest.json"}):
        yield f"{name}: {'finns inte i manifestet' if name in files else 'saknas'}"
    for name, entry in manifest["filer"].items():
        if name in files and (sha256(files[name]), len(files[name])) != (entry["sha256"], entry["byte"]):
            yield f"{name}: är ändrad"


def second_facts(manifest: dict[str, Any], lines: Lines) -> tuple[list[str | None], list[str]]:
    """What each sum is taken over (None: a text in it is erased), and what is wrong with texts and digests."""
    texts = dict(map(json.loads, lines("fakta/texter.jsonl")))
    erasures, before = lines("fakta/gallringar.jsonl"), ZEROS
    for line in erasures:
        before = chained(before, line)
    erased = {(number, field) for _, number, field, _, _ in map(json.loads, erasures)}
    told: list[str | None] = []
    wrong = []
    if (before if erasures else None) != manifest["gallringarnas_slut"]:
        wrong.append("fakta/gallringar.jsonl: slutet är inte det som manifestet säger")
    for line in lines("fakta/kedja.jsonl"):
        number, _, fact, digests = json.loads(line)
        beside = texts.pop(number, {})
        for field in sorted(digests.keys() | beside.keys()):
            salt, text = beside.get(field, (None, None))
            gone = (number, field) in erased
            if field not in digests or (salt is None) != gone:
                said = "är gallrad" if gone else "saknas"
                wrong.append(f"fakta/texter.jsonl: {field} i registrering {number} {said}")
            elif not gone and sha256(f"{salt}\n{canonical(text)}".encode()) != digests[field]:
                wrong.append(f"fakta/texter.jsonl: {field} i registrering {number} är ändrad")
        whole = {field: text for field, (_, text) in beside.items()}
        who = whole.pop("recorder", None)
        older = None if digests.keys() - beside.keys() else canonical([number, who, {**fact, **whole}])
        told.append(older if number <= manifest["äldre_registreringar"] else line)
    wrong += [f"fakta/texter.jsonl: registrering {number} finns inte" for number in texts]
    return told, wrong


def against_roots(
    manifest: dict[str, Any], lines: Lines, files: dict[str, bytes], verdicts: list[dict[str, object]]
) -> Iterator[str]:
    """Whether each run saw these facts and concluded this, by its roots, and ended with these verdicts."""
    concluded, kept = lines("korningar/slutsatser.jsonl"), lines("korningar/rotter.jsonl")
    sealed = lines("korningar/forseglat.jsonl")
    if len(kept) != len(sealed):
        yield f"korningar/rotter.jsonl: {len(kept)} rader men {len(sealed)} förseglade"
    place = 0
    for number, (line, seal) in enumerate(zip(kept, sealed, strict=False), start=1):
        run, last = json.loads(line)[1], json.loads(line)[14]
        own, place = concluded[place:last], last
        if run != number or any(json.loads(one)[1] != run for one in own):
            yield f"körning {run}: numreringen stämmer inte"
        yield from one_run(json.loads(line), own, lines, files)
        if run > manifest["äldre_körningar"]:
            if seal != compact([*json.loads(line), root(kept[:number])]):
                yield f"körning {run}: sigillet är taget på något annat"
        elif told_by(own) != [(one[0], one[3]) for one in json.loads(seal)[12]]:
            yield f"körning {run}: slutsatserna är inte de som förseglades"
    if place != len(concluded):
        yield "korningar/slutsatser.jsonl: det finns slutsatser som ingen körning har kommit fram till"
    yield from differing(latest_of(concluded), verdicts)


def latest_of(concluded: list[str]) -> dict[str, tuple[object, ...]]:
    """The agreement and status of each duty that the conclusions end with."""
    latest: dict[str, tuple[object, ...]] = {}
    for line in concluded:
        kind, _, duty, *rest = json.loads(line)
        if kind == "verdict":
            latest[duty] = (rest[0], rest[11])
        elif kind == "withdrawn":
            latest.pop(duty, None)
    return latest


def one_run(line: list[Any], own: list[str], lines: Lines, files: dict[str, bytes]) -> Iterator[str]:
    """Whether a run's roots are those of the facts that it saw, of what it concluded, and of its rules."""
    _, run, _, _, _, rulebook, _, head, head_hash, *_, facts_root, _, conclusions, _, rules = line
    facts, sums = lines("fakta/kedja.jsonl"), lines("fakta/summor.txt")
    if (sums[head - 1] if 0 < head <= len(sums) else ZEROS) != head_hash or root(facts[:head]) != facts_root:
        yield f"körning {run}: såg en annan kedja än den som finns här"
    if root(own) != conclusions:
        yield f"körning {run}: slutsatserna är inte de som den kom fram till"
    if rules_of(rulebook, files) != rules:
        yield f"körning {run}: reglerna är inte de som den använde"


def against_noted(noted: str | None, lines: Lines, sums: set[str]) -> Iterator[str]:
    """Whether the archive's own signed heads hold, and those, or the sum, that were kept elsewhere."""
    yield from against_heads(lines("korningar/huvuden.jsonl"), lines, "korningar/huvuden.jsonl")
    if noted and Path(noted).is_file():
        yield from against_heads(Path(noted).read_text(encoding="utf-8").splitlines(), lines, noted)
    elif noted and noted not in sums:
        yield f"den antecknade kontrollsumman {noted} finns inte i arkivet"


def against_heads(heads: list[str], lines: Lines, name: str) -> Iterator[str]:
    """The first signed head that the archive does not continue, or whose signature is not its key's."""
    kept, seals, matched = lines("korningar/rotter.jsonl"), lines("korningar/sigill.txt"), 0
    since = [json.loads(json.loads(line)["head"])["run"] for line in lines("korningar/huvuden.jsonl")[:1]]
    for number, line in enumerate(heads, start=1):
        told = json.loads(line)
        head = json.loads(told["head"])
        run = head["run"]
        if not signed(told["public"], told["head"].encode(), told["signature"]):
            yield f"{name}: rad {number} är inte undertecknad med sin nyckel"
            return
        if not 0 < run <= min(len(kept), len(seals)):
            yield f"{name}: körning {run} saknas; arkivet slutar med körning {len(kept)}"
            return
        _, _, started, as_of, *_, facts, last, conclusions, states, rules = json.loads(kept[run - 1])
        seen = json.loads(kept[run - 1])[7:9]
        now = {
            "format": "avtalsvakt-huvud 1", "run": run, "as_of": as_of, "started": started, "facts": [*seen, facts],
            "conclusions": [last, conclusions], "states": states, "rules": rules, "seal": seals[run - 1],
            "runs": root(kept[:run]), "since": since[0] if since else None,
        }  # fmt: skip
        if now != head:
            parts = ", ".join(sorted(key for key in head.keys() | now.keys() if head.get(key) != now.get(key)))
            yield f"{name}: körning {run} slutade inte så ({parts}); till och med körning {matched} stämmer det"
            return
        matched = run


def told_by(lines: list[str]) -> list[tuple[str, str]]:
    """The duties and statuses that a run concluded, in order."""
    read = map(json.loads, lines)
    told = ((one[2], one[14] if one[0] == "verdict" else one[0]) for one in read if one[0] in ("verdict", "withdrawn"))
    return list(told)


def rules_of(rulebook: str, files: dict[str, bytes]) -> str:
    """The hash over the rule files of a rulebook."""
    folder = f"regler/{rulebook}/"
    found = {
        "--reading" if name.endswith("/lasningar.json") else name[len(folder) : -len(".yaml")]: sha256(data)
        for name, data in files.items()
        if name.startswith(folder)
    }
    return sha256("".join(f"{name} {found[name]}\n" for name in sorted(found)).encode())


def against_runs(sealed: list[str], sums: list[str], verdicts: list[dict[str, object]]) -> Iterator[str]:
    """The same for the first format: whether each run saw the chain as it is, and ended with these verdicts."""
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
    yield from differing(latest, verdicts)


def differing(latest: dict[str, tuple[object, ...]], verdicts: list[dict[str, object]]) -> Iterator[str]:
    """Verdicts that are not what the runs ended with."""
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
    erased = 0
    try:
        with zipfile.ZipFile(arguments[0]) as archive:
            # One at a time: what is said before the archive fails is kept.
            problems.extend(verify(archive, arguments[1] if len(arguments) > 1 else None))
            if "fakta/gallringar.jsonl" in archive.namelist():
                erased = len(archive.read("fakta/gallringar.jsonl").splitlines())
    except (OSError, zipfile.BadZipFile, LookupError, TypeError, ValueError, EOFError) as error:
        problems.append(f"arkivet kan inte läsas: {type(error).__name__}: {error}")
    for problem in problems:
        print(f"Stämmer inte: {problem}")
    gone = f" {erased} {'text är gallrad' if erased == 1 else 'texter är gallrade'}." if erased else ""
    print(f"Arkivet stämmer.{gone}" if not problems else f"{len(problems)} fel.")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
