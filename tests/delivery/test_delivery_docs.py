"""What docs/sending.md tells a reader to type works as it stands there, but for the ports."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from delivery_servers import free_port

from layout.delivery import channels_schema

pytestmark = pytest.mark.tools("sshd", "ssh-keygen", "ippeveprinter", "dbus-daemon")


def blocks(root: Path, language: str) -> list[str]:
    text = (root / "docs" / "sending.md").read_text("utf-8")
    return re.findall(rf"^```{language}\n(.*?)^```$", text, re.DOTALL | re.MULTILINE)


def test_the_walk_through(root: Path, tmp_path: Path) -> None:
    programs = tmp_path / "bin"
    programs.mkdir()
    (programs / "layout").write_text(f'#!/bin/sh\nPYTHONPATH={root} exec {sys.executable} -m layout "$@"\n')
    (programs / "layout").chmod(0o755)
    *steps, end = blocks(root, "sh")
    script = "set -e\n" + "\n".join(steps)
    script = script.replace("8022", str(free_port())).replace("8631", str(free_port()))
    environment = {**os.environ, "PATH": f"{programs}:{os.environ['PATH']}", "XDG_CACHE_HOME": str(tmp_path / "cache")}
    trap = f"cd {tmp_path}/desk 2>/dev/null; {end.strip()}"
    done = subprocess.run(
        ["bash", "-c", f"trap '{trap}' EXIT\n{script}"],
        cwd=tmp_path,
        env=environment,
        check=False,
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "already-sent" in done.stderr
    assert done.stdout.count("refused with exit code 1") == 2
    assert "file-changed" in done.stderr
    assert done.stderr.count("error[signature-void]") == 6
    names = {path.name for path in (tmp_path / "desk" / "plant" / "incoming").iterdir()}
    assert names == {f"YB20240108{name}" for v in (1, 2) for name in (f"001v{v}.pdf", f"v{v}.json", f"v{v}.xjdf")}
    printed = [path for path in (tmp_path / "desk" / "printer" / "spool").iterdir() if path.stat().st_size]
    first = (tmp_path / "desk" / "plant" / "incoming" / "YB20240108001v1.pdf").read_bytes()
    assert [path.read_bytes() for path in printed] == [first], "an issue of one page is that page"


def test_the_example_configuration_is_valid(root: Path) -> None:
    import jsonschema_rs

    (example,) = blocks(root, "yaml")
    values = yaml.safe_load(example)
    assert list(values["channels"]) == ["plant", "hot", "press", "proofer"]
    assert jsonschema_rs.Draft7Validator(channels_schema()).is_valid(
        {**values, "signers": {"张三": "ssh-ed25519 AAAA"}}
    )
