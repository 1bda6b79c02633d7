"""``layout sign``: a real build, signed by three people."""

import json
import re
import subprocess
from pathlib import Path

import pytest
from issue_samples import paper, run

THREE = (("初审", "张三"), ("复审", "李四"), ("终审", "王五"))


@pytest.fixture
def built(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A built issue, and no configuration of the user's."""
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    assert run("build", paper(tmp_path), "-o", tmp_path / "out").exit_code == 0
    return tmp_path / "out"


def test_the_report_says_who_must_sign(built: Path) -> None:
    edition = json.loads((built / "report.json").read_text("utf-8"))["edition"]
    assert edition["signoff"] == {"roles": [role for role, _ in THREE], "same_person": False}
    assert edition["standard"] == "x4"
    assert [page["number"] for page in edition["pages"]] == [1]


def test_signing_and_its_status(built: Path) -> None:
    before = run("sign", built, "--status")
    assert before.exit_code == 1
    assert re.fullmatch("build [0-9a-f]{12}\n初审: not signed\n复审: not signed\n终审: not signed\n", before.stdout)
    assert before.stderr.count("error[unsigned]") == 3
    for role, name in THREE:
        done = run("sign", built, "--role", role, "--name", name, "--remark", "可付印")
        assert (done.exit_code, done.stderr) == (0, "")
    after = run("sign", built, "--status")
    assert (after.exit_code, after.stderr) == (0, "")
    assert after.stdout.endswith("all signed: may be sent (付印)\n")
    assert "终审: signed by 王五" in after.stdout
    assert "(可付印)" in after.stdout


def test_a_changed_file_is_named(built: Path) -> None:
    run("sign", built, "--role", "初审", "--name", "张三")
    with (built / "pages/01.pdf").open("ab") as file:
        file.write(b" ")
    status = run("sign", built, "--status")
    assert status.exit_code == 1
    assert "初审: void, pages/01.pdf changed; was 张三" in status.stdout
    assert "error[file-changed]" in status.stderr
    assert "error[signature-void]" in status.stderr


def test_building_the_same_again_takes_nothing_away(built: Path) -> None:
    run("sign", built, "--role", "初审", "--name", "张三")
    assert run("build", built.parent / "issue.yaml", "-o", built).exit_code == 0
    assert "初审: signed by 张三" in run("sign", built, "--status").stdout


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("--role", "复审", "--name", "张三"), "same-person"),
        (("--role", "四审", "--name", "赵六"), "unknown-role"),
        (("--role", "复审", "--name", " "), "bad-name"),
        (("--role", "复审", "--name", "李四", "--key", "none"), "environment"),
        (("--role", "复审", "--name", "李四", "--build", "0123456789ab"), "other-build"),
    ],
)
def test_refusals(built: Path, arguments: tuple[str, ...], code: str) -> None:
    run("sign", built, "--role", "初审", "--name", "张三")
    ledger = (built / "signoff.jsonl").read_bytes()
    refused = run("sign", built, *arguments)
    assert refused.exit_code == (3 if code == "environment" else 1)
    assert f"error[{code}]" in refused.stderr
    assert (built / "signoff.jsonl").read_bytes() == ledger


def test_usage(built: Path, tmp_path: Path) -> None:
    assert run("sign", built).exit_code == 2
    assert run("sign", built, "--role", "初审").exit_code == 2
    nothing = run("sign", tmp_path / "nowhere", "--status")
    assert (nothing.exit_code, "error[no-build]" in nothing.stderr) == (1, True)


@pytest.mark.tools("ssh-keygen")
def test_keys_and_whom_they_stand_for(built: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    command = ["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", str(tmp_path / "key")]
    subprocess.run(command, check=True, timeout=20)
    public = (tmp_path / "key.pub").read_text().strip()
    channels = tmp_path / "config" / "newspaper-layout" / "channels.yaml"
    channels.parent.mkdir(parents=True)
    channels.write_text(f"signers: {{张三: {public}}}\n", "utf-8")
    without = run("sign", built, "--role", "初审", "--name", "张三")
    assert "初审: void, its key is not the right one" in without.stdout
    assert "error[signature-missing]" in run("sign", built, "--status").stderr
    signed = run("sign", built, "--role", "初审", "--name", "张三", "--key", tmp_path / "key")
    assert (signed.exit_code, signed.stderr) == (0, "")
    assert "with key" in signed.stdout
    channels.write_text("signers: {张三: rsa}\n", "utf-8")
    assert "channels.yaml:1:15: error[bad-value]" in run("sign", built, "--status").stderr
