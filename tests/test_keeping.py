"""A folder of results: whole or not there."""

import os

import pytest

from layout.keeping import fetch, keep, tidy


def test_what_is_kept_is_fetched(tmp_path):
    entry = tmp_path / "deep" / "a.page"
    keep(entry, b"one")
    assert fetch(entry) == b"one"
    keep(entry, b"")
    assert fetch(entry) == b""
    assert fetch(tmp_path / "nothing") is None


@pytest.mark.parametrize(
    "harm", [lambda d: d[:-1], lambda d: d[:10], lambda d: b"", lambda d: d + b"x", lambda d: b"L" + d[1:]]
)
def test_a_damaged_file_is_no_result(tmp_path, harm):
    entry = tmp_path / "a"
    keep(entry, b"some result")
    entry.write_bytes(harm(entry.read_bytes()))
    assert fetch(entry) is None


def test_a_folder_that_cannot_be_used_is_left_alone(tmp_path):
    (tmp_path / "file").write_text("not a folder")
    keep(tmp_path / "file" / "a", b"x")
    assert fetch(tmp_path / "file" / "a") is None
    tidy(tmp_path / "nowhere")


def test_nothing_half_written_stays(tmp_path, monkeypatch):
    def full(*_args: object) -> None:
        raise OSError(28, "no space left")

    monkeypatch.setattr(os, "fdopen", full)
    keep(tmp_path / "a", b"x")
    assert list(tmp_path.iterdir()) == []


def test_tidying_drops_what_was_not_used_for_longest(tmp_path):
    for age, name in enumerate("edcba"):
        keep(tmp_path / name, bytes(1000))
        os.utime(tmp_path / name, ns=(age * 10**9, age * 10**9))
    assert fetch(tmp_path / "e") is not None  # used just now
    size = (tmp_path / "a").stat().st_size
    tidy(tmp_path, limit=5 * size)
    assert len(list(tmp_path.iterdir())) == 5
    tidy(tmp_path, limit=4 * size)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a", "b", "e"]
