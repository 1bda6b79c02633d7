"""``layout send``: a real build into a hot folder; the other channels are tested with the package."""

import json
from pathlib import Path

import pytest
from issue_samples import paper, run


@pytest.fixture
def signed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A built and signed issue with the user's configuration beside it: a hot folder, a proof printer that is off."""
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    out = tmp_path / "out"
    assert run("build", paper(tmp_path), "-o", out).exit_code == 0
    for role, name in (("初审", "张三"), ("复审", "李四"), ("终审", "王五")):
        assert run("sign", out, "--role", role, "--name", name).exit_code == 0
    (tmp_path / "hot").mkdir()
    channels = tmp_path / "config" / "newspaper-layout" / "channels.yaml"
    channels.parent.mkdir(parents=True)
    channels.write_text(
        f"channels:\n  plant: {{url: 'file://{tmp_path}/hot', paper: YB}}\n"
        "  proofer: {url: 'ipp://127.0.0.1:1/ipp/print', proof: true, attempts: 1}\n",
        "utf-8",
    )
    return out


def arrived(out: Path) -> list[str]:
    return sorted(path.name for path in (out.parent / "hot").iterdir())


def test_dry_run_send_and_again(signed: Path) -> None:
    dry = run("send", signed, "--to", "plant", "--dry-run")
    assert (dry.exit_code, dry.stderr) == (0, "")
    assert "would send pages/01.pdf to file://" in dry.stdout
    assert arrived(signed) == []
    assert not (signed / "receipts").exists()
    sent = run("send", signed, "--to", "plant")
    assert (sent.exit_code, sent.stderr) == (0, "")
    files = arrived(signed)
    assert len(files) == 3
    receipt = json.loads((signed / "receipts" / "plant-0001.json").read_text("utf-8"))
    assert receipt["complete"]
    assert sorted(item["name"] for item in receipt["items"]) == files
    second = run("send", signed, "--to", "plant")
    assert (second.exit_code, "note[already-sent]" in second.stderr) == (0, True)
    assert run("send", signed, "--to", "plant", "--dry-run").stdout == "nothing to send: all of it went before\n"
    again = run("send", signed, "--to", "plant", "--again")
    assert (again.exit_code, again.stderr) == (0, "")
    assert arrived(signed) == files


def test_status(signed: Path) -> None:
    run("send", signed, "--to", "plant")
    status = run("send", signed, "--status")
    assert (status.exit_code, status.stderr) == (0, "")
    assert status.stdout.startswith("plant: pages/01.pdf delivered ")
    report = json.loads((signed / "report.json").read_text("utf-8"))
    report["files"]["pages/01.pdf"]["sha256"] = "0" * 64
    (signed / "report.json").write_text(json.dumps(report), "utf-8")
    assert "not the file as it is now" in run("send", signed, "--status", "--to", "plant").stdout
    (signed / "receipts" / "plant-0001.json").write_text("{")
    assert run("send", signed, "--status").exit_code == 1


def test_one_changed_character_after_signing_is_refused(signed: Path) -> None:
    issue = signed.parent / "issue.yaml"
    text = issue.read_text("utf-8")
    assert "。" in text
    issue.write_text(text.replace("。", "！", 1), "utf-8")
    assert run("build", issue, "-o", signed).exit_code == 0
    refused = run("send", signed, "--to", "plant")
    assert refused.exit_code == 1
    assert refused.stderr.count("error[signature-void]") == 3
    assert "pages/01.pdf" in refused.stderr
    assert arrived(signed) == []


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("--to", "plnat"), "unknown-channel"),
        (("--to", "plant", "--unsigned-proof"), "not-a-proof-printer"),
        (("--to", "plant", "--channels", "none.yaml"), "file-missing"),
    ],
)
def test_refusals(signed: Path, arguments: tuple[str, ...], code: str) -> None:
    refused = run("send", signed, *arguments)
    assert refused.exit_code == 1
    assert f"error[{code}]" in refused.stderr
    assert arrived(signed) == []


def test_a_receiver_that_fails_is_exit_code_3(signed: Path) -> None:
    off = run("send", signed, "--to", "proofer")
    assert off.exit_code == 3
    assert "error[connection]" in off.stderr
    (signed.parent / "hot").rmdir()
    unmounted = run("send", signed, "--to", "plant")
    assert unmounted.exit_code == 3
    assert "error[folder-missing]" in unmounted.stderr


def test_an_unsigned_proof_is_warned_about(signed: Path) -> None:
    (signed / "signoff.jsonl").unlink()
    off = run("send", signed, "--to", "proofer", "--unsigned-proof")
    assert off.exit_code == 3, "it went as far as the printer, which is off"
    assert off.stderr.count("warning[unsigned]") == 3
    assert run("send", signed, "--to", "proofer").exit_code == 1


def test_usage(signed: Path, tmp_path: Path) -> None:
    assert run("send", signed).exit_code == 2
    nothing = run("send", tmp_path / "nowhere", "--to", "plant")
    assert (nothing.exit_code, "error[no-build]" in nothing.stderr) == (1, True)
    assert run("send", tmp_path / "nowhere", "--status").exit_code == 1
