"""Zip files that come out the same on every machine and day."""

import zipfile
from datetime import datetime
from pathlib import Path

PACKED = (".png", ".pdf", ".epub", ".zip", ".woff2", ".br", ".gz")  # already: stored as they are


def write_zip(path: Path, files: dict[str, bytes], date: datetime, first: str = "") -> None:
    """Writes `files` (bytes by name) in the order of their names, all of one date; `first` stands
    before all, unpacked.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(path, "w") as archive:
        for name in sorted(files, key=lambda name: (name != first, name)):
            entry = zipfile.ZipInfo(name, date.timetuple()[:6])
            entry.create_system, entry.external_attr = 3, 0o644 << 16
            stored = name == first or name.endswith(PACKED)
            entry.compress_type = zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED
            archive.writestr(entry, files[name])
