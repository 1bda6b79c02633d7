import os
import sys
from pathlib import Path

import pytest
from PIL import Image

from layout.images import ImageFacts, ImageFault
from layout.pipeline import album as under_test
from layout.pipeline.album import Album

OLD = 1_700_000_000_000_000_000


@pytest.fixture
def reads(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """The files that were read."""
    read: list[Path] = []
    probe = under_test.probe
    monkeypatch.setattr(under_test, "probe", lambda path: read.append(path) or probe(path))
    return read


@pytest.fixture(autouse=True)
def later(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """How long after their making the files are looked at, in seconds."""
    seconds = [60]
    now = under_test.time_ns
    monkeypatch.setattr(under_test, "time_ns", lambda: now() + seconds[0] * 1_000_000_000)
    return seconds


def photo(path: Path, width: int = 30) -> Path:
    Image.new("RGB", (width, 20)).save(path)
    os.utime(path, ns=(OLD, OLD))
    return path


def found(folder: Path, *paths: Path, cache: Path | None = None, whole: bool = True) -> list[ImageFacts]:
    album = Album(folder / "issue.yaml", cache)
    facts = [album.facts(path) for path in paths]
    album.keep(whole=whole)
    return facts


def test_what_stands_as_it_stood_is_not_read_again(tmp_path: Path, reads: list[Path]) -> None:
    paths = photo(tmp_path / "a.jpg"), photo(tmp_path / "b.png")
    first = found(tmp_path, *paths, cache=tmp_path / "kept")
    assert found(tmp_path, *paths, cache=tmp_path / "kept") == first
    assert reads == [*paths]


@pytest.mark.skipif(sys.platform == "win32", reason="tells when a file was made, not when it was changed")
def test_what_was_written_anew_is_read_again(tmp_path: Path, reads: list[Path]) -> None:
    one, other = photo(tmp_path / "a.png"), photo(tmp_path / "b.png")
    first = found(tmp_path, one, other, cache=tmp_path / "kept")
    before = one.stat()
    while one.stat().st_ctime_ns == before.st_ctime_ns:  # as a picture editor does that keeps size and time
        one.write_bytes(one.read_bytes())
        os.utime(one, ns=(OLD, OLD))
    assert found(tmp_path, one, other, cache=tmp_path / "kept") == first
    assert reads == [one, other, one]
    photo(other, 40)
    assert found(tmp_path, other, cache=tmp_path / "kept")[0].width == 40


def test_what_was_written_just_now_is_not_relied_on(tmp_path: Path, reads: list[Path], later: list[int]) -> None:
    later[0] = 1
    path = photo(tmp_path / "a.jpg")
    for _ in range(2):
        found(tmp_path, path, cache=tmp_path / "kept")
    later[0] = 3
    for _ in range(2):
        found(tmp_path, path, cache=tmp_path / "kept")
    assert len(reads) == 3


def test_a_part_of_the_issue_leaves_what_is_known_of_the_rest(tmp_path: Path, reads: list[Path]) -> None:
    paths = photo(tmp_path / "a.jpg"), photo(tmp_path / "b.jpg"), photo(tmp_path / "c.jpg")
    found(tmp_path, *paths[:2], cache=tmp_path / "kept")
    found(tmp_path, paths[2], cache=tmp_path / "kept", whole=False)
    found(tmp_path, *paths, cache=tmp_path / "kept")
    assert reads == [*paths]
    found(tmp_path, paths[0], cache=tmp_path / "kept")
    found(tmp_path, paths[1], cache=tmp_path / "kept")
    assert reads == [*paths, paths[1]]


def test_without_a_folder_every_file_is_read(tmp_path: Path, reads: list[Path]) -> None:
    path = photo(tmp_path / "a.jpg")
    assert found(tmp_path, path) == found(tmp_path, path)
    assert len(reads) == 2


def test_a_fault_is_told_every_time(tmp_path: Path) -> None:
    broken = tmp_path / "a.jpg"
    broken.write_bytes(b"no picture")
    for path in (broken, tmp_path / "missing.jpg"):
        for _ in range(2):
            with pytest.raises(ImageFault):
                found(tmp_path, path, cache=tmp_path / "kept")
