"""What results depend on besides the issue."""

from pathlib import Path

import pytest

from layout.pipeline import stamps


def test_a_file_that_changes_or_goes_has_another_state(tmp_path: Path) -> None:
    file = tmp_path / "face.ttf"
    file.write_bytes(b"1")
    states = [stamps._state(file)]
    file.write_bytes(b"12")
    states.append(stamps._state(file))
    file.unlink()
    states.append(stamps._state(file))
    assert len(set(states)) == len(states)


def test_another_python_or_package_is_another_program(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = stamps.program_stamp.__wrapped__
    usual = whole()
    monkeypatch.setattr(stamps.sys, "hexversion", 1)
    assert whole() != usual
    monkeypatch.undo()
    assert whole() == usual
    monkeypatch.setattr(stamps, "_PACKAGES", stamps._PACKAGES[1:])
    assert whole() != usual
