from typing import NamedTuple

import pytest
from font_samples import make_font

from layout.fonts import Book, FontError
from layout.fonts.coverage import clusters, repertoires, survey
from layout.resources import FONTS


class Ref(NamedTuple):
    path: object
    index: int = 0
    axes: tuple = ()


@pytest.fixture
def book(tmp_path):
    make_font(name="First-Regular").save(tmp_path / "first.ttf")
    return Book(
        {
            "body": (Ref(tmp_path / "first.ttf"), Ref(FONTS / "LXGWWenKai-Regular.ttf")),
            "folio": (Ref(tmp_path / "first.ttf"),),
            "broken": (Ref(tmp_path / "first.ttf"), Ref(tmp_path / "none.ttf")),
        }
    )


def test_the_first_face_that_has_it_sets_it(book):
    first, kai = book.chain("body")
    assert [book.face_for("body", c) for c in ("中", "人", "\U0001f600")] == [first, kai, None]
    assert book.face_for("folio", "人") is None


def test_a_variant_is_looked_for_before_the_base_is_set(book):
    first, kai = book.chain("body")
    assert book.face_for("body", "中\U000e0100") is first
    assert book.face_for("body", "中\U000e01ef") is first  # nobody has it: the base
    assert book.face_for("body", "一\ufe00") is kai


def test_only_faces_that_were_asked_for_are_told(book):
    assert dict(book.faces()) == {}
    book.face_for("body", "中")
    assert list(book.faces()) == ["First-Regular"]
    assert book.face_for("broken", "中") is book.faces()["First-Regular"]
    with pytest.raises(FontError) as caught:
        book.face_for("broken", "人")
    assert caught.value.code == "font-missing"
    with pytest.raises(FontError):
        book.chain("broken")


def test_one_file_is_one_face(book):
    assert book.chain("folio")[0] is book.chain("body")[0]


def test_unknown_roles(book):
    with pytest.raises(KeyError):
        book.chain("nobody")
    with pytest.raises(KeyError):
        book.face_for("nobody", "中")


def test_two_files_of_one_name(tmp_path):
    for name, weight in (("a", 0), ("b", 200)):
        make_font(weight=weight).save(tmp_path / f"{name}.ttf")
    (tmp_path / "copy.ttf").write_bytes((tmp_path / "a.ttf").read_bytes())
    book = Book({"body": tuple(Ref(tmp_path / f"{name}.ttf") for name in ("a", "b", "copy"))})
    a, b, copy = book.chain("body")
    assert a is copy
    assert a.ps_name == b.ps_name == a.key
    assert b.key.startswith("Sample-Regular-")
    assert dict(book.faces()) == {a.key: a, b.key: b}


def test_keys_do_not_depend_on_what_is_set_first(tmp_path):
    for name, weight in (("a", 0), ("b", 200)):
        make_font(weight=weight).save(tmp_path / f"{name}.ttf")
    roles = {name: (Ref(tmp_path / f"{name}.ttf"),) for name in ("a", "b")}
    forwards, backwards = Book(roles), Book(roles)
    keys = [forwards.chain(role)[0].key for role in "ab"]
    assert [backwards.chain(role)[0].key for role in "ba"] == keys[::-1]


def test_clusters_of_a_text():
    assert list(clusters("a\u0301 中\U000e0100\ufeff\n好\u200d吗\t")) == ["a\u0301", "中\U000e0100", "好", "吗"]
    assert list(clusters("")) == []


def test_who_sets_a_text(book):
    found = survey(book, "body", "中A人 人\U0001f600")
    assert found.set_by == {"First-Regular": {"中": 1, "A": 1}, "LXGWWenKai-Regular": {"人": 2}}
    assert found.missing == {"\U0001f600": 1}


def test_the_national_sets_have_their_sizes():
    sizes = {name: len(members) for name, members in repertoires().items()}
    assert sizes["GB 2312 marks and letters"] == 682
    assert sizes["GB 2312 level 1 (一级汉字)"] == 3755
    assert sizes["GB 2312 level 2 (二级汉字)"] == 3008
    assert sizes["GBK hanzi (GB 13000.1)"] == 20902
    assert ord("啊") in repertoires()["GB 2312 level 1 (一级汉字)"]
    assert ord("齄") in repertoires()["GB 2312 level 2 (二级汉字)"]
