"""The archive as a file: a ZIP with a manifest of hashes, whole or not there; and facts read back from one.

In come content and a path, out comes the manifest's own hash, to be noted elsewhere. Raises Rejected.
"""

import hashlib
import json
import zipfile
from datetime import datetime
from pathlib import Path

from avtalsvakt.archiving.archive import Content
from avtalsvakt_engine.storage.integrity.atomic_files import whole

MANIFEST = "manifest.json"


def write_archive(content: Content, target: Path, created: datetime) -> str:
    """Write the archive to a file that is not there yet; the SHA-256 of its manifest. Raises Rejected."""
    files = {name: text.encode() for name, text in sorted(content.files.items())}
    manifest = json.dumps(
        {**content.about, "filer": {name: _entry(data) for name, data in files.items()}},
        ensure_ascii=False, indent=1,
    ).encode()  # fmt: skip
    moment = created.timetuple()[:6]
    with whole(target) as beside, zipfile.ZipFile(beside, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in {MANIFEST: manifest, **files}.items():
            entry = zipfile.ZipInfo(name, moment)
            entry.external_attr = 0o600 << 16
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, data)
    return hashlib.sha256(manifest).hexdigest()


def _entry(data: bytes) -> dict[str, object]:
    return {"byte": len(data), "sha256": hashlib.sha256(data).hexdigest()}
