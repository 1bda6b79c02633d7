"""Files that are no good UTF-8 YAML: what they are is said, and how to save them."""

from pathlib import Path

import pytest

from layout.core import Span
from layout.source import MAX_BYTES, find_inside, plain, read_source, read_table, resolve_inside

TEXT = "paper: {name: 样报}\n标题: 履职尽责结硕果\n"
VALUE = {"paper": {"name": "样报"}, "标题": "履职尽责结硕果"}


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "issue.yaml"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_utf8_and_marked_utf16_are_read(path: Path, encoding: str) -> None:
    path.write_bytes(TEXT.encode(encoding))
    read = read_table(path)
    assert read.value is not None, read.diagnostics
    assert plain(read.value) == VALUE
    assert read.value.entries["paper"].span == Span(str(path), 1, 1)


@pytest.mark.parametrize(
    ("encoding", "word"), [("gbk", "GBK"), ("gb18030", "GBK"), ("utf-16-le", "UTF-16"), ("utf-32", "UTF-16")]
)
def test_other_encodings_are_named_and_refused(path: Path, encoding: str, word: str) -> None:
    path.write_bytes(TEXT.encode(encoding))
    (found,) = read_table(path).diagnostics
    assert (found.code, word in found.message, "UTF-8" in found.hint) == ("encoding", True, True)


def test_a_broken_byte_is_shown_where_it_is(path: Path) -> None:
    path.write_bytes("a: 一\nb: 二三".encode()[:-1] + b"\n\xff")
    (found,) = read_table(path).diagnostics
    assert (found.code, found.span.line, found.span.column) == ("encoding", 2, 5)


def test_control_characters_are_all_shown_with_other_faults(path: Path) -> None:
    path.write_text("a: 一\x07二\na: \x1b\n", encoding="utf-8")
    found = [(one.code, one.span.line, one.span.column) for one in read_table(path).diagnostics]
    assert found == [("control-character", 1, 5), ("control-character", 2, 4), ("duplicate-key", 2, 1)]


@pytest.mark.parametrize("text", ["", "# nothing\n", "- a\n", "文字\n", "key：value\n"])
def test_a_file_must_be_a_mapping(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8")
    (found,) = read_table(path).diagnostics
    assert (found.code, found.span.line, found.span.column) == ("not-a-mapping", 1, 1)


def test_a_missing_file(path: Path) -> None:
    (found,) = read_table(path).diagnostics
    assert (found.code, found.span) == ("file-missing", Span(str(path)))


def test_a_folder_in_place_of_a_file(tmp_path: Path) -> None:
    (found,) = read_table(tmp_path).diagnostics
    assert (found.code, "issue.yaml" in found.hint) == ("file-unreadable", True)


def test_a_file_that_the_system_refuses(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path.write_text(TEXT, encoding="utf-8")

    def refuse(_: Path) -> bytes:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "read_bytes", refuse)
    (found,) = read_source(path).diagnostics
    assert (found.code, "Permission denied" in found.message) == ("file-unreadable", True)


def test_a_name_that_no_system_takes(tmp_path: Path) -> None:
    assert [found.code for found in read_source(tmp_path / ("x" * 5000)).diagnostics] == ["file-unreadable"]


def test_a_file_that_is_too_large(path: Path) -> None:
    with path.open("wb") as file:
        file.truncate(MAX_BYTES + 1)
    assert [found.code for found in read_source(path).diagnostics] == ["file-too-large"]


def test_paths_stay_inside(tmp_path: Path) -> None:
    root, outside = tmp_path / "issue", tmp_path / "outside"
    root.mkdir()
    outside.mkdir()
    (outside / "photo.jpg").touch()
    (root / "photo.jpg").touch()
    (root / "link").symlink_to(outside)
    span = Span("issue.yaml", 3, 9)
    for name in ("../outside/photo.jpg", str(outside / "photo.jpg"), "link/photo.jpg", "photo\0.jpg"):
        checked = resolve_inside(name, root, [root], span)
        assert [(found.code, found.span) for found in checked.diagnostics] == [("path-escapes", span)], name
        assert checked.value is None
    assert find_inside("photo.jpg", root, [root], span).value == root / "photo.jpg"
    assert find_inside("link/photo.jpg", root, [root, outside], span).value == root / "link" / "photo.jpg"
    for name in ("none.jpg", ".", "x" * 5000):
        assert [found.code for found in find_inside(name, root, [root], span).diagnostics] == ["file-missing"]
