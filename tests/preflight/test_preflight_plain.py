"""Files read without qpdf: what is read says the same as qpdf does, and what is not quite plain is refused."""

import random
from collections.abc import Callable

import pikepdf
import pytest
from hostile_samples import page, pdf, stream
from hypothesis import given
from hypothesis import strategies as st
from preflight_mutants import ERRORS, LEGAL, WARNINGS, Mutant
from preflight_samples import changed

from layout.preflight import preflight
from layout.preflight.content.lexer import ELEMENTS_MAX, Operation, operations
from layout.preflight.objects import elements, text
from layout.preflight.plain import open_plain
from layout.preflight.qpdf import open_qpdf

_MUTANTS = (*ERRORS, *WARNINGS, *LEGAL)
_GOOD = page(b"0 0 1 1 re f", b"[(a\\(b) <4> /N#20m true null -.5 4 0 R]", entries=b"/Extra 5 0 R")


@pytest.mark.parametrize("standard", ["x4", "x1a"])
def test_our_own_files_are_plain(good: dict[str, bytes], standard: str) -> None:
    assert open_plain(good[standard]) is not None


@pytest.mark.parametrize("mutant", _MUTANTS, ids=[f"{one.base}: {one.what}" for one in _MUTANTS])
def test_both_readers_see_the_same(mutant: Mutant, good: dict[str, bytes]) -> None:
    data = changed(good[mutant.base], mutant.change, **mutant.save)
    old, new = mutant.raw
    data = data.replace(old, new) if old else data
    seen = [preflight(data, standard=mutant.base, ink=False, plain=plain) for plain in (True, False)]
    assert seen[0] == seen[1]


def test_most_of_these_files_are_plain(good: dict[str, bytes]) -> None:
    """Else the test before this one would compare qpdf with itself."""
    read = [open_plain(changed(good[one.base], one.change, **one.save)) is not None for one in _MUTANTS]
    assert sum(read) > 0.8 * len(read)


def test_what_is_in_a_plain_file() -> None:
    assert open_plain(_GOOD) is not None
    assert preflight(_GOOD, ink=False, plain=True) == preflight(_GOOD, ink=False)


def _swap(old: bytes, new: bytes) -> Callable[[bytes], bytes]:
    def change(data: bytes) -> bytes:
        assert old in data
        assert len(old) == len(new)
        return data.replace(old, new, 1)

    return change


@pytest.mark.parametrize(
    "change",
    [
        _swap(b"3 0 obj", b"7 0 obj"),
        _swap(b"[3 0 R]", b"[9 0 R]"),
        _swap(b"[3 0 R]", b"[3 1 R]"),
        _swap(b"0000000015 00000 n", b"0000000016 00000 n"),
        _swap(b"0000000015 00000 n", b"0000000015 00001 n"),
        _swap(b"0000000015 00000 n", b"0000000015 00000 f"),
        _swap(b"0000000000 65535 f", b"0000000000 65535 n"),
        _swap(b"/Length 12", b"/Length 11"),
        _swap(b"/Length 12", b"/Length -1"),
        _swap(b"/Type/Page/Parent", b"/Type/Page/Type  "),
        _swap(b"<</Type/Pages", b"[ /Type/Pages"),
        _swap(b"/Count 1", b"/Count x"),
        _swap(b"/Count 1", b"/Cou%t 1"),
        _swap(b"endobj\n2", b"endobjx2"),
        _swap(b"endstream", b"endstrean"),
        _swap(b"trailer", b"traile "),
        _swap(b"/N#20m", b"/N#2xm"),
        _swap(b"/N#20m", b"/N#00m"),
        _swap(b"(a\\(b)", b"(a\r  )"),
        _swap(b"/Size 6", b"/Size 7"),
        _swap(b"%PDF-1.6\n%\xe2\xe3\xcf\xd3\n", b"%PDF-1.6\n\n\xe2\xe3\xcf\xd3\n"),
        lambda data: data.replace(b"/Root 1", b"/Prev 1/Root 1"),
        lambda data: data.replace(b"/Root 1", b"/Encrypt 5 0 R/Root 1"),
        lambda data: data.replace(b"trailer", b"%\ntrailer"),
        lambda data: data.replace(b"startxref\n", b"startxref\n1"),
        lambda data: data + b"% more",
        lambda data: b"\n" + data,
        lambda data: data[:-20],
        lambda _data: page(b"q " * 9, stream(b"", b"/Type/ObjStm/N 0/First 0")),
        lambda _data: page(b"q", stream(b"", b"/Filter/FlateDecode/DecodeParms<</Predictor 12>>")),
        lambda _data: pdf(b"<</Type/Catalog/Pages 2 0 R>>", b"3 0 R", b"<</Type/Pages/Kids[]/Count 0>>"),
        lambda _data: page(b"q", b"[" * 40 + b"]" * 40),
        lambda _data: page(b"q", b"4294967296"),
        lambda _data: page(b"q", b"-" + b"1" * 5000),
        lambda _data: page(b"q", b"(a\\(b\rc)"),
        lambda data: b" " + data.replace(b"0000000015 00000 n", b"0000000016 00000 n"),
    ],
)
def test_what_is_not_plain_is_refused(change: Callable[[bytes], bytes]) -> None:
    data = change(_GOOD)
    assert data != _GOOD
    assert open_plain(data) is None


@pytest.mark.parametrize("seed", range(3))
def test_a_changed_byte_is_refused_or_no_damage(seed: int) -> None:
    """A file that is read without qpdf is one in which qpdf finds nothing to repair."""
    chance = random.Random(seed)
    read = 0
    for _ in range(150):
        data = bytearray(_GOOD)
        data[chance.randrange(len(data))] = chance.choice(b"\0\n\r %()/<>[]#0129Rx\xff")
        if open_plain(bytes(data)) is not None:
            read += 1
            seen = [preflight(bytes(data), ink=False, plain=plain) for plain in (True, False)]
            assert seen[0] == seen[1], bytes(data)
    assert read


def test_text_is_what_qpdf_says() -> None:
    """Of the bytes that mean something (ISO 32000-1, table D.2)."""
    for byte in range(256):
        written = bytes((byte, 0x41))
        value = text(written)
        assert value is not None
        assert "\ufffd" in value or value == str(pikepdf.String(written))


def test_qpdf_gives_the_values_of_ours() -> None:
    """Two readers, one kind of values."""
    plain, qpdf = open_plain(_GOOD), open_qpdf(_GOOD)
    assert plain is not None
    ours, theirs = ([[*elements(one)] for one in file.objects if elements(one)] for file in (plain, qpdf))
    assert [str(one) for one in ours[-1][:6]] == [str(one) for one in theirs[-1][:6]]
    assert [type(one) for one in ours[-1][:6]] == [type(one) for one in theirs[-1][:6]]
    qpdf.close()


_TOKENS = [
    b"q", b"BT", b"12", b"-.5", b"+3.", b"1234567890123", b"/F1", b"/A#20", b"Tf", b"Td", b"scn", b"EMC", b"BDC", b"Tj",
    b"TJ", b"<004100>", b"<4>", b"[", b"]", b"[<0041>-12<42>]", b"[ 1 2.5]", b"(a)", b"/Span<</ActualText<FEFF0041>>>",
    b"true", b"null", b"%c\n", b"BI /W 1 /H 1 ID x EI", b"\0", b"'", b"f*",
]  # fmt: skip


@given(st.lists(st.sampled_from(_TOKENS), max_size=12), st.sampled_from([b" ", b"\n", b""]))
def test_usual_operations_read_as_their_tokens(tokens: list[bytes], between: bytes) -> None:
    data = between.join(tokens)
    told: tuple[list[str], list[str]] = ([], [])
    assert list(operations(data, told[0].append)) == _by_tokens(data, told[1].append)
    assert told[0] == told[1]


def test_an_endless_array_is_cut_off_in_the_usual_way_too() -> None:
    """Read as a whole it would take half a kilobyte for each of its elements."""
    told: list[str] = []
    (shown,) = operations(b"[" + b"<>" * (ELEMENTS_MAX + 1) + b"]TJ", told.append)
    assert [len(operand) for operand in shown.operands if isinstance(operand, list)] == [ELEMENTS_MAX]
    assert told == ["too many operands"]


def _by_tokens(data: bytes, complain: Callable[[str], None]) -> list[Operation]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("layout.preflight.content.lexer._USUAL", _Nothing())
        return list(operations(data, complain))


class _Nothing:
    """A pattern that matches nothing."""

    def match(self, _data: bytes, _place: int) -> None:
        return None
