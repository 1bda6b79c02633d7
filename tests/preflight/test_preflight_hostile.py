"""Hostile files end in a finding: soon, in bounded memory, and never in an exception."""

import random
from io import BytesIO
from time import perf_counter

import pikepdf
import pytest
from hostile_samples import HOSTILE, page
from preflight_samples import changed, drawing

from layout.preflight import preflight
from layout.preflight.budget import Budget
from layout.preflight.report import as_html, as_json

SECONDS = 3.0
"""Of reading; what comes around it may take as long again on a busy machine."""


@pytest.fixture(autouse=True)
def _no_ghostscript(monkeypatch: pytest.MonkeyPatch) -> None:
    """What other programs do with such files is theirs."""
    monkeypatch.setattr("layout.preflight.ink.coverage.ghostscript", lambda: None)


def small_budget(seconds: float = SECONDS) -> Budget:
    return Budget(operators=50_000, decoded=32 << 20, objects=50_000, facts=5000, seconds=seconds)


def told(data: bytes) -> str:
    """All that a report could say, as it would be printed."""
    result = preflight(data, budget=small_budget())
    printed = [str(one.diagnostic("file.pdf")) for one in result.findings]
    text = "\n".join([*printed, as_json(result, "file.pdf"), as_html(result, "file.pdf")])
    assert text.encode("utf-8")
    return text


@pytest.mark.parametrize("what", HOSTILE)
def test_a_hostile_file_is_a_finding(what: str) -> None:
    data = HOSTILE[what]()
    start = perf_counter()
    result = preflight(data, budget=small_budget())
    assert perf_counter() - start < 5 * SECONDS
    assert not result.ok
    assert as_html(result, "file.pdf").encode("utf-8")
    assert as_json(result, "file.pdf").encode("utf-8")


def test_a_locked_file_says_so(good: dict[str, bytes]) -> None:
    locked = changed(good["x4"], lambda _: None, encryption=pikepdf.Encryption(owner="o", user="u"))
    assert {one.code for one in preflight(locked).findings} == {"file-encrypted"}


@pytest.mark.parametrize("share", [0.02, 0.3, 0.7, 0.99])
def test_a_truncated_file_is_damaged(good: dict[str, bytes], share: float) -> None:
    data = good["x4"]
    result = preflight(data[: int(len(data) * share)], ink=False)
    assert {one.code for one in result.findings} & {"file-damaged", "file-unreadable"}


@pytest.mark.parametrize(
    ("what", "says"),
    [
        ("a million operators", "drawing operators"),
        ("a million different colours", "different colours"),
        ("a stream that unpacks to 140 MB", "megabytes"),
        ("100 000 objects", "more objects"),
        ("forms that multiply", "asks for more"),
    ],
)
def test_what_is_too_much_is_named(what: str, says: str) -> None:
    patient = small_budget(seconds=120.0)  # on a busy machine the clock would run out first
    findings = preflight(HOSTILE[what](), budget=patient).findings
    assert any(one.code == "file-too-heavy" and says in one.message for one in findings)


def test_a_slow_file_ends_by_the_clock() -> None:
    budget = Budget(seconds=0.0)
    findings = preflight(page(b"0 0 1 1 re f " * 5000), budget=budget).findings
    assert any(one.code == "file-too-heavy" and "seconds" in one.message for one in findings)


def test_budgets_hold_for_the_file_and_not_for_a_stream(good: dict[str, bytes]) -> None:
    """Ten forms of 20 000 operators are 200 000 operators."""
    forms = drawing("/A Do " * 10, XObject_A=lambda pdf: _form_of(pdf, 20_000))
    findings = preflight(changed(good["x4"], forms), ink=False, budget=small_budget()).findings
    assert "file-too-heavy" in {one.code for one in findings}


def _form_of(pdf: pikepdf.Pdf, count: int) -> pikepdf.Stream:
    entries = pikepdf.Dictionary(Subtype=pikepdf.Name.Form, BBox=pikepdf.Array([0, 0, 9, 9]))
    return pdf.make_stream(b"q Q " * (count // 2), entries)


TOKENS = (
    b"<<",
    b">>",
    b"[",
    b"(",
    b")",
    b"null",
    b"9" * 12,
    b"-1",
    b" 0 R",
    b"endobj",
    b"q ",
    b"BI ",
    b"\xff\xfe",
    b"%",
)


def _spoiled(data: bytes, chance: random.Random) -> bytes:
    out = bytearray(data)
    for _ in range(chance.choice((1, 2, 5, 30))):
        at = chance.randrange(len(out))
        match chance.randrange(4):
            case 0:
                out[at] = chance.randrange(256)
            case 1:
                del out[at : at + chance.choice((1, 10, 200))]
            case 2:
                token = chance.choice(TOKENS)
                out[at : at + len(token)] = token
            case _:
                other = chance.randrange(len(out))
                out[at:at] = out[other : other + chance.randrange(200)]
    return bytes(out)


@pytest.mark.parametrize("seed", range(4))
def test_random_damage_is_never_an_exception(good: dict[str, bytes], seed: int) -> None:
    """A hundred times each: the same damage on every machine, and nothing but findings."""
    chance = random.Random(seed)
    plain = _without_bulk(good["x4"])
    for _ in range(100):
        told(_spoiled(plain, chance))


def _without_bulk(data: bytes) -> bytes:
    """The file with little but structure and content, all of it plain, so that damage meets what is parsed."""

    def strip(pdf: pikepdf.Pdf) -> None:
        resources = pdf.pages[0].obj.Resources
        for font in resources.Font.values():
            font.DescendantFonts[0].FontDescriptor.FontFile2 = pdf.make_stream(b"\0\1\0\0" + bytes(99))
        for picture in resources.XObject.values():
            picture.write(b"\xff\xd8\xff")
        pdf.Root.OutputIntents[0].DestOutputProfile = pdf.make_stream(bytes(200))

    stripped = changed(data, strip, stream_decode_level=pikepdf.StreamDecodeLevel.generalized)
    with pikepdf.open(BytesIO(stripped)) as pdf:
        assert len(pdf.pages) == 1
    return stripped
