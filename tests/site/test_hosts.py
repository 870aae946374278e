"""deploy and .github: the site is served rightly by a static host, and CI runs nothing but our
verbs.
"""

import fnmatch
import os
import pwd
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
import zipfile
from pathlib import Path

import pytest
from mkdocs.utils.yaml import yaml_load

import debian
from whitepaper.manifest import verify

ROOT = Path(__file__).resolve().parents[2]
OURS = (
    "Cache-Control",
    "X-Content-Type-Options",
    "Referrer-Policy",
    "Content-Security-Policy",
    "Permissions-Policy",
)


@pytest.fixture(scope="module")
def server(site, tmp_path_factory):
    """The built site behind a real nginx with deploy/nginx.conf: its address, …/, and its log."""
    program = debian.ensure(
        "nginx-light", lambda: shutil.which("nginx", path=f"{os.environ['PATH']}:/usr/sbin")
    )
    folder = tmp_path_factory.mktemp("nginx")
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    server = (
        (ROOT / "deploy/nginx.conf")
        .read_text("utf-8")
        .replace("listen 80;", f"listen 127.0.0.1:{port};")
        .replace("/srv/hard-tech/site", str(site))
    )
    (folder / "server.conf").write_text(server, "utf-8")
    temporary = "".join(
        f"{name}_temp_path {folder}/{name};"
        for name in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    (folder / "nginx.conf").write_text(
        f"user {pwd.getpwuid(os.geteuid()).pw_name}; pid {folder}/pid; error_log {folder}/error.log; daemon off; events {{}}"
        f"http {{ include /etc/nginx/mime.types; access_log off; {temporary} include {folder}/server.conf; }}"
    )
    process = subprocess.Popen(
        [program, "-c", str(folder / "nginx.conf"), "-e", str(folder / "error.log")]
    )
    try:
        _wait(port)
        yield f"http://127.0.0.1:{port}/", folder / "error.log"
    finally:
        process.send_signal(signal.SIGQUIT)
        process.wait(10)


@pytest.fixture(scope="module")
def nginx(server):
    return server[0]


def _wait(port: int) -> None:
    for _ in range(100):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    raise AssertionError("nginx does not answer")


def get(address: str, **headers: str):
    """(status, headers, body), redirects not followed."""

    class Stay(urllib.request.HTTPRedirectHandler):
        def redirect_request(self, *_):
            return None

    try:
        answer = urllib.request.build_opener(Stay).open(
            urllib.request.Request(address, headers=headers), timeout=10
        )
    except urllib.error.HTTPError as error:
        answer = error
    with answer:
        return answer.status, answer.headers, answer.read()


def test_every_file_arrives_whole(nginx):
    """Each file of the site comes from nginx byte for byte as build.json says."""
    assert list(verify(nginx)) == []


def test_addresses(nginx, site):
    """A page answers at its address, a missing slash is put right on the same host, a missing page
    gets our 404.
    """
    assert get(f"{nginx}zh/definition/")[0] == 200
    status, headers, _ = get(f"{nginx}zh/definition")
    assert (status, headers["Location"]) == (301, "/zh/definition/")
    status, _, body = get(f"{nginx}zh/no-such-page/")
    assert (status, body) == (404, (site / "404.html").read_bytes())
    assert get(f"{nginx}assets/")[0] == 404


def test_types_and_compression(nginx, site):
    """Pages are UTF-8 HTML and compressed when asked; an EPUB is an EPUB."""
    headers = get(f"{nginx}zh/", **{"Accept-Encoding": "gzip"})[1]
    assert (headers["Content-Type"], headers["Content-Encoding"]) == (
        "text/html; charset=utf-8",
        "gzip",
    )
    for book in site.glob("downloads/*.epub"):
        assert get(f"{nginx}downloads/{book.name}")[1]["Content-Type"] == "application/epub+zip"


def test_headers(nginx, site):
    """Hashed assets are kept for ever, everything else is asked for anew; what cannot stand in a
    page is sent along.
    """
    for path in (
        "zh/",
        "zh/no-such-page/",
        "build.json",
        *(f"assets/{file.name}" for file in site.glob("assets/*")),
    ):
        headers = get(nginx + path)[1]
        immutable = path.startswith("assets/")
        assert headers["Cache-Control"] == (
            "public, max-age=31536000, immutable" if immutable else "no-cache"
        ), path
        assert {name: headers[name] for name in OURS[1:]} == {
            name: _netlify(f"/{path}")[name] for name in OURS[1:]
        }
        assert _netlify(f"/{path}").get("Cache-Control") == (
            headers["Cache-Control"] if immutable else None
        )


def _netlify(path: str) -> dict[str, str]:
    """What a host that reads _headers sends with `path`."""
    sent: dict[str, str] = {}
    applies = False
    for line in (ROOT / "deploy/root/_headers").read_text("utf-8").splitlines():
        if line.startswith("/"):
            applies = fnmatch.fnmatch(path, line)
        elif line.startswith("  ") and applies:
            name, _, value = line.strip().partition(": ")
            assert name not in sent, f"{name} from two rules would arrive twice"
            sent[name] = value
    return sent


def test_immutable_assets_are_named_by_their_content(site):
    """Whatever a host may keep for ever carries the hash of its content in its name."""
    assert [
        path.name
        for path in site.glob("assets/*")
        if not re.search(r"\.[0-9a-f]{8}\.\w+$", path.name)
    ] == []


def test_notices(site):
    """What the site holds of the theme, its templates under MIT and its icons under Apache 2.0, is
    named with their notices, in the offline copy too.
    """
    notices = (site / "notices.txt").read_text("utf-8")
    for words in ("MIT License", "Martin Donath", "Material Design Icons", "Apache 2.0"):
        assert words in notices
    with zipfile.ZipFile(site / "downloads/hard-tech-offline.zip") as offline:
        assert offline.read("hard-tech-offline/notices.txt").decode() == notices


def test_headers_are_published(site):
    """_headers stands at the root of the site, where hosts look for it."""
    assert (site / "_headers").read_bytes() == (ROOT / "deploy/root/_headers").read_bytes()


def test_no_warning(server):
    """nginx takes our configuration without a warning."""
    assert [line for line in server[1].read_text().splitlines() if "[warn]" in line] == []


WORKFLOWS = sorted((ROOT / ".github/workflows").glob("*.yml"))


@pytest.mark.parametrize("workflow", WORKFLOWS, ids=lambda path: path.name)
def test_workflows_run_verbs(workflow):
    """What CI runs is a verb of ours or pip-audit; history is there where pages are built."""
    for job in yaml_load(workflow.read_text("utf-8"))["jobs"].values():
        commands = [step["run"] for step in job["steps"] if "run" in step]
        for command in commands:
            verb = re.fullmatch(r"(scripts/\w+|pipx run pip-audit)( [^;&|`\n]*)?", command)
            assert verb, command
            assert verb[1].startswith("pipx") or (ROOT / verb[1]).exists(), command
        if "scripts/build" in commands:
            (checkout,) = [
                step for step in job["steps"] if step.get("uses", "").startswith("actions/checkout")
            ]
            assert checkout["with"]["fetch-depth"] == 0


def test_workflows_are_safe():
    """An auditor of workflows finds nothing: actions by hash, no credentials kept, no text from
    outside in a command.
    """
    audit = Path(sys.executable).parent / "zizmor"
    done = subprocess.run(
        [audit, "--offline", "--no-progress", "--format=plain", ROOT / ".github/workflows"],
        capture_output=True,
        text=True,
    )
    assert (done.returncode, "No findings" in done.stdout) == (0, True), done.stdout
