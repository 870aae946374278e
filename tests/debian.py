"""Programs of the system that some tests need: found, or installed from Debian's packages."""

import os
import subprocess
from collections.abc import Callable


def ensure(packages: str, find: Callable[[], str | None]) -> str:
    """What `find` finds, after installing `packages` (with blanks between) where it found nothing.

    A test that cannot run fails, it never skips.
    """
    if not find():
        apt = [*([] if os.geteuid() == 0 else ["sudo", "-n"]), "apt-get"]
        for arguments in (
            ["update", "-qq"],
            ["install", "-y", "-qq", "--no-install-recommends", *packages.split()],
        ):
            try:
                subprocess.run([*apt, *arguments], check=False, capture_output=True)
            except OSError:
                break
    found = find()
    assert found, f"this test needs Debian's {packages}, which is not here and cannot be installed"
    return found
