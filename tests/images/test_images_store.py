import os
from concurrent.futures import ThreadPoolExecutor

import pytest
from image_samples import NEWS, NEWS_GREY, WHOLE, photograph, save
from msgspec.structs import replace

from layout.core import Rect
from layout.images import making as under_test
from layout.images.picture import prepare


@pytest.fixture
def path(tmp_path):
    return save(photograph(), tmp_path / "a.jpg", quality=90)


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "deep" / "cache"


@pytest.fixture
def made(monkeypatch):
    """How often a picture was really made."""
    calls = []
    make = under_test.make
    monkeypatch.setattr(under_test, "make", lambda *args: calls.append(1) or make(*args))
    return calls


def test_a_kept_picture_is_the_picture(path, folder, made):
    first = prepare(path, WHOLE, (60, 40), NEWS, folder)
    assert prepare(path, WHOLE, (60, 40), NEWS, folder) == first == prepare(path, WHOLE, (60, 40), NEWS)
    assert len(made) == 2
    assert len(list(folder.iterdir())) == 1


def test_grey_is_kept_as_grey(path, folder, made):
    first = prepare(path, WHOLE, (60, 40), NEWS_GREY, folder)
    assert prepare(path, WHOLE, (60, 40), NEWS_GREY, folder) == first
    assert (first.components, len(made)) == (1, 1)


def test_whatever_changes_the_picture_changes_the_name(path, folder, made, tmp_path):
    other = tmp_path / "other.icc"
    other.write_bytes((NEWS.profile.parent / "NEWS26_TAC220.icc").read_bytes())
    variants = [
        (path, WHOLE, (60, 40), NEWS),
        (path, Rect(0, 0, 0.5, 0.5), (60, 40), NEWS),
        (path, WHOLE, (61, 40), NEWS),
        (path, WHOLE, (60, 40), replace(NEWS, quality=80)),
        (path, WHOLE, (60, 40), replace(NEWS, ink_limit=2.2)),
        (path, WHOLE, (60, 40), replace(NEWS, intent="relative")),
        (path, WHOLE, (60, 40), replace(NEWS, profile=other)),
        (save(photograph(), tmp_path / "b.jpg", quality=91), WHOLE, (60, 40), NEWS),
    ]
    for variant in variants:
        prepare(*variant, folder)
    assert len(list(folder.iterdir())) == len(made) == len(variants)


def test_a_moved_file_is_the_same_picture(path, folder, made, tmp_path):
    prepare(path, WHOLE, (60, 40), NEWS, folder)
    prepare(path.rename(tmp_path / "renamed.jpg"), WHOLE, (60, 40), NEWS, folder)
    assert len(made) == 1


@pytest.mark.parametrize(
    "harm", [lambda d: d[:-1], lambda d: d[:20], lambda d: b"", lambda d: d[:100] + b"x" + d[101:]]
)
def test_a_damaged_entry_is_made_again(path, folder, made, harm):
    first = prepare(path, WHOLE, (60, 40), NEWS, folder)
    (entry,) = folder.iterdir()
    whole = entry.read_bytes()
    entry.write_bytes(harm(whole))
    assert prepare(path, WHOLE, (60, 40), NEWS, folder) == first
    assert (len(made), entry.read_bytes()) == (2, whole)


def test_a_folder_that_cannot_be_used_is_left_alone(path, tmp_path):
    blocked = tmp_path / "file"
    blocked.write_text("not a folder")
    assert prepare(path, WHOLE, (60, 40), NEWS, blocked) == prepare(path, WHOLE, (60, 40), NEWS)
    assert blocked.read_text() == "not a folder"


def test_nothing_half_written_is_left_behind(path, folder, monkeypatch):
    def fail(*args: object) -> None:
        raise OSError("disk full")

    monkeypatch.setattr(os, "fdopen", fail)
    prepare(path, WHOLE, (60, 40), NEWS, folder)
    monkeypatch.undo()
    assert not list(folder.iterdir())


def test_many_threads_make_what_one_makes(path, folder, tmp_path):
    paths = [save(photograph(200, 150), tmp_path / f"{n}.tif") for n in range(3)] + [path]
    wanted = [prepare(p, WHOLE, (60, 40), NEWS) for p in paths * 4]
    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(lambda p: prepare(p, WHOLE, (60, 40), NEWS, folder), paths * 4)) == wanted
