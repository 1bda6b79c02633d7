"""Names at the receiver."""

from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from layout.delivery.names import LONGEST, PatternError, UnusableNameError, Value, fields, fill

VALUES: dict[str, Value] = {
    "paper": "YB",
    "number": "128",
    "date": date(2024, 1, 8),
    "section": "A",
    "page": 4,
    "version": 2,
}


@pytest.mark.parametrize(
    ("pattern", "name"),
    [
        ("{paper}{date:%Y%m%d}{section}{page:03}v{version}", "YB20240108A004v2.pdf"),
        ("{paper}_{date}_{section}{page:03}_{version:02}", "YB_20240108_A004_02.pdf"),
        ("p{page:02}_{date:%d-%m-%y}", "p04_08-01-24.pdf"),
        ("{number}-{page}", "128-4.pdf"),
    ],
)
def test_names(pattern: str, name: str) -> None:
    assert fill(pattern, VALUES, ".pdf") == name


@pytest.mark.parametrize(
    ("pages", "name"),
    [((4,), "p04.pdf"), ((4, 5), "p04-05.pdf"), ((4, 5, 6, 7), "p04-07.pdf"), ((9, 10), "p09-10.pdf")],
)
def test_a_file_of_several_pages_is_named_after_the_first_and_the_last(pages: tuple[int, ...], name: str) -> None:
    assert fill("p{page:02}", {**VALUES, "page": pages}, ".pdf") == name


@pytest.mark.parametrize("paper", ["样报", "A B", "a/b", "..", "-x", "", "x" * LONGEST, "a\n", "a\0"])
def test_values_that_give_no_name(paper: str) -> None:
    with pytest.raises(UnusableNameError):
        fill("{paper}", {**VALUES, "paper": paper}, ".pdf")


@pytest.mark.parametrize(
    ("pattern", "offset"),
    [
        ("a{b}", 1),
        ("{page", 0),
        ("ab}", 2),
        ("{date:%s}", 0),
        ("{paper:3}", 0),
        ("{page:x}", 0),
        ("x{}", 1),
        ("{{page}}", 0),
    ],
)
def test_patterns_that_cannot_be_read(pattern: str, offset: int) -> None:
    with pytest.raises(PatternError) as fault:
        fields(pattern)
    assert fault.value.offset == offset


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.integers(1, 9999), st.integers(1, 9999), st.integers(1, 99), st.integers(1, 99))
def test_pages_and_versions_never_share_a_name(page: int, other: int, version: int, later: int) -> None:
    pattern = "{paper}{date:%Y%m%d}{section}{page:03}v{version}"
    one = fill(pattern, {**VALUES, "page": page, "version": version}, ".pdf")
    two = fill(pattern, {**VALUES, "page": other, "version": later}, ".pdf")
    assert (one == two) == ((page, version) == (other, later))


def test_fields() -> None:
    assert fields("{paper}-{page:03}") == {"paper", "page"}
