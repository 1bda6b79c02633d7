"""Content streams: what the lexer reads, what the filters give, what the interpreter makes of it."""

import contextlib
import zlib
from base64 import a85encode
from itertools import pairwise

import pytest
from hostile_samples import page, stream
from hypothesis import given
from hypothesis import strategies as st

from layout.preflight import preflight
from layout.preflight.budget import Budget, OverBudget
from layout.preflight.codecs import DecodeFault, decode
from layout.preflight.content.lexer import Operation, operations
from layout.preflight.content.matrix import thinnest
from layout.preflight.content.tokens import Symbol
from layout.preflight.model import Kind, Paint


def read(data: bytes) -> tuple[list[Operation], list[str]]:
    complaints: list[str] = []
    return list(operations(data, complaints.append)), complaints


@pytest.mark.parametrize(
    ("written", "operands"),
    [
        (b"1 -2 +.5 4. 0 op", [1.0, -2.0, 0.5, 4.0, 0.0]),
        (b"true false null op", [True, False, None]),
        (b"/A /B#20C /#e4#b8#ad / op", [Symbol("A"), Symbol("B C"), Symbol("中"), Symbol("")]),
        (b"(a) (b(c)d) (\\) \\101\\n) op", [b"a", b"b(c)d", b") A\n"]),
        (b"(a\\\nb) op", [b"ab"]),
        (b"<4142> <4> < 41 42 > op", [b"AB", b"@", b"AB"]),
        (b"[1[2]/A(b)]<</K 1/L[2]>> op", [[1.0, [2.0], Symbol("A"), b"b"], {"K": 1.0, "L": [2.0]}]),
        (b"1% a comment ) >>\n2 op", [1.0, 2.0]),
        (b"[1 2]0 op", [[1.0, 2.0], 0.0]),
    ],
)
def test_operands(written: bytes, operands: list[object]) -> None:
    assert read(written) == ([Operation("op", operands)], [])  # type: ignore[list-item]


@pytest.mark.parametrize(
    "written",
    [b"1 2", b") op", b"[1 op", b"1.2.3 op", b"--5 op", b"(a", b"[" * 40 + b" op", b"1 " * 70 + b"op", b"] op"],
)
def test_what_cannot_be_read_is_told(written: bytes) -> None:
    assert read(written)[1]


def test_an_inline_image_is_one_operation() -> None:
    found, complaints = read(b"q BI /W 2 /H 1 /CS /G /BPC 8 ID ab EI Q")
    assert complaints == []
    assert [one.operator for one in found] == ["q", "BI", "Q"]
    assert found[1].operands == [{"W": 2.0, "H": 1.0, "CS": "G", "BPC": 8.0}, b"ab"]


@given(st.binary(max_size=400))
def test_the_lexer_reads_anything(data: bytes) -> None:
    for operation in operations(data, lambda _: None):
        assert operation.operator


@given(
    st.lists(
        st.sampled_from(
            [b"q", b"Q", b"BT", b"[", b"]", b"<<", b">>", b"(", b")", b"/N", b"1", b"BI", b"ID", b"EI", b"Tj"]
        )
    )
)
def test_the_interpreter_survives_any_order(tokens: list[bytes]) -> None:
    assert preflight(page(b" ".join(tokens)), ink=False).facts is not None


# filters


@given(st.binary(max_size=2000))
def test_filters_give_back_what_went_in(data: bytes) -> None:
    budget = Budget()
    assert decode(zlib.compress(data), ["FlateDecode"], budget) == data
    assert decode(data.hex().encode() + b">", ["ASCIIHexDecode"], budget) == data
    assert decode(a85encode(data) + b"~>", ["ASCII85Decode"], budget) == data
    assert decode(a85encode(zlib.compress(data)) + b"~>", ["A85", "Fl"], budget) == data
    assert decode(_run_lengths(data), ["RunLengthDecode"], budget) == data
    assert decode(_lzw(data), ["LZWDecode"], budget) == data


def _run_lengths(data: bytes) -> bytes:
    pieces = [data[start : start + 128] for start in range(0, len(data), 128)]
    return b"".join(bytes((len(piece) - 1,)) + piece for piece in pieces) + b"\x80"


def _lzw(data: bytes) -> bytes:
    """LZW by the book, codes growing one early."""
    table: dict[bytes, int] = {bytes((one,)): one for one in range(256)}
    bits, width, word, following = f"{256:09b}", 9, b"", 258
    for byte in data:
        longer = word + bytes((byte,))
        if longer in table:
            word = longer
            continue
        bits += f"{table[word]:0{width}b}"
        table[longer], following = following, following + 1
        width = min(12, (following).bit_length())
        word = bytes((byte,))
        if following == 4094:
            bits += f"{table[word]:0{width}b}{256:0{width}b}"
            table, width, word, following = {bytes((one,)): one for one in range(256)}, 9, b"", 258
    if word:
        bits += f"{table[word]:0{width}b}"
        width = min(12, (following + 1).bit_length())
    bits += f"{257:0{width}b}"
    bits += "0" * (-len(bits) % 8)
    return int(bits, 2).to_bytes(len(bits) // 8, "big")


def test_runs_are_unrolled() -> None:
    assert decode(bytes((254, 65, 1, 66, 67, 128, 1)), ["RL"], Budget()) == b"AAABC"


@pytest.mark.parametrize("name", ["DCTDecode", "", "Fl8"])
def test_a_filter_for_pictures_is_a_fault(name: str) -> None:
    with pytest.raises(DecodeFault):
        decode(b"x", [name], Budget())


@given(st.binary(max_size=300), st.sampled_from(["Fl", "LZW", "RL", "AHx", "A85"]))
def test_damaged_data_is_a_fault(data: bytes, name: str) -> None:
    with contextlib.suppress(DecodeFault):
        assert isinstance(decode(data, [name], Budget()), bytes)


@pytest.mark.parametrize(
    ("name", "bomb"),
    [("Fl", zlib.compress(bytes(70 << 20))), ("RL", b"\x81a" * 600_000)],
)
def test_a_bomb_is_stopped(name: str, bomb: bytes) -> None:
    with pytest.raises(OverBudget):
        decode(bomb, [name], Budget(), limit=1 << 20)


# interpretation


def painted(content: bytes, **entries: bytes) -> list[Paint]:
    facts = preflight(page(content, **entries), ink=False).facts  # type: ignore[arg-type]
    assert facts is not None
    return list(facts.paints)


def test_widths_under_the_ctm() -> None:
    (line,) = painted(b"0.5 0 0 0.5 0 0 cm 3 w 0 0 m 99 0 l S")
    assert (line.kind, line.size) == (Kind.STROKE, 1.5)


def test_the_thinner_way_counts() -> None:
    assert thinnest((2.0, 0.0, 0.0, 0.5, 9.0, 9.0)) == pytest.approx(0.5)
    assert thinnest((0.0, 3.0, -3.0, 0.0, 0.0, 0.0)) == pytest.approx(3.0)
    assert thinnest((0.0,) * 6) == 0.0


@pytest.mark.parametrize(
    ("path", "size"),
    [
        (b"10 10 100 0.5 re f", 0.5),
        (b"10 10 m 110 10 l 110 11 l 10 11 l f", 1.0),
        (b"10 10 m 110 10 l f", 0.0),
        (b"10 10 m 110 10 l 60 90 l f", float("inf")),
    ],
)
def test_a_thin_rectangle_is_a_line(path: bytes, size: float) -> None:
    (area,) = painted(path)
    assert (area.kind, area.size) == (Kind.FILL, size)


def test_q_keeps_colour_and_overprint() -> None:
    inside, outside = painted(b"q 0 1 0 0 k 9 9 50 50 re f Q 9 9 60 60 re f")
    assert dict(inside.colour.inks or ())["Magenta"] == 1
    assert outside.colour.black_only


@pytest.mark.parametrize(
    ("state", "colour", "asks", "overprints"),
    [
        (b"/op true/OPM 1", b"0 0 0 1 k", True, True),
        (b"/op true/OPM 0", b"0 0 0 1 k", True, False),
        (b"/OP true/OPM 1", b"0 0 0 1 k", True, True),
        (b"/OP true/op false/OPM 1", b"0 0 0 1 k", False, False),
        (b"/OPM 1", b"0 0 0 1 k", False, False),
        (b"/op true", b"0.5 g", True, True),
    ],
)
def test_overprint_needs_its_mode(state: bytes, colour: bytes, asks: bool, overprints: bool) -> None:
    resources = b"/ExtGState<</G<<" + state + b">>>>"
    (area,) = painted(b"/G gs " + colour + b" 9 9 50 50 re f", resources=resources)
    assert (area.asks, area.overprints) == (asks, overprints)


def test_what_is_clipped_away_is_not_there() -> None:
    assert painted(b"0 0 9 9 re W n 100 100 9 9 re f") == []
    assert len(painted(b"q 0 0 9 9 re W n Q 100 100 9 9 re f")) == 1


def test_marks_outside_the_trim_are_not_printed() -> None:
    inside, outside = painted(b"1 w 0 0 0 1 K 99 99 m 200 99 l S 2 w 0 5 m 9 5 l S", entries=b"/TrimBox[10 10 590 790]")
    assert (inside.printed, outside.printed) == (True, False)


def test_text_advances_by_its_widths() -> None:
    font = b"/Font<</F<</Type/Font/Subtype/TrueType/BaseFont/A/FirstChar 65/Widths[500 1000]>>>>"
    first, second = painted(b"BT /F 10 Tf 100 100 Td (AB) Tj 0 1 0 0 k (A) Tj ET", resources=font)
    assert (first.size, first.place.width) == (10.0, pytest.approx(15 / 72 * 25.4, abs=0.06))
    assert second.place.x == pytest.approx(115 / 72 * 25.4, abs=0.06)


def test_vertical_text_runs_down() -> None:
    font = (
        b"/Font<</F<</Type/Font/Subtype/Type0/BaseFont/A/Encoding/Identity-V/DescendantFonts[<<"
        b"/Subtype/CIDFontType2/BaseFont/A/CIDToGIDMap/Identity>>]>>>>"
    )
    (line,) = painted(b"BT /F 10 Tf 100 300 Td <000100020003> Tj ET", resources=font)
    assert line.place.height == pytest.approx(30 / 72 * 25.4, abs=0.06)
    assert line.place.width == pytest.approx(10 / 72 * 25.4, abs=0.06)


def test_lines_of_text_follow_each_other() -> None:
    font = b"/Font<</F<</Type/Font/Subtype/TrueType/BaseFont/A/FirstChar 65/Widths[500]>>>>"
    shown = painted(
        b"BT 12 TL /F 10 Tf 100 300 Td (A) Tj 1 0 0 0 k (A) ' 0 1 0 0 k 1 2 (A) \" "
        b"0 0 1 0 k 0 -12 TD [(A) 9 (A)] TJ ET",
        resources=font,
    )
    tops = [one.place.y for one in shown]
    steps = [below - above for above, below in pairwise(tops)]
    assert steps == [pytest.approx(12 / 72 * 25.4, abs=0.11)] * 3


def test_a_glyph_without_colours_takes_the_text_s() -> None:
    font = (
        b"/Font<</F<</Subtype/Type3/FontMatrix[0.01 0 0 0.01 0 0]/FirstChar 65/Widths[100]"
        b"/Encoding<</Differences[65/A]>>/CharProcs<</A 5 0 R>>>>>>"
    )
    glyph = b"100 0 0 0 100 100 d1 1 0 0 rg 0 0 50 50 re f"
    data = page(b"0 1 0 0 k BT /F 10 Tf 100 300 Td (A) Tj ET", stream(glyph), resources=font)
    facts = preflight(data, ink=False).facts
    assert facts is not None
    assert {one.colour.space.family for one in facts.paints} == {"DeviceCMYK"}
    assert {one.kind for one in facts.paints} == {Kind.TEXT, Kind.FILL}
