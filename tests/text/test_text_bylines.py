"""Bylines in lines: what belongs to a name stays with it."""

import pytest

from layout.text.bylines import byline_lines, byline_units
from layout.text.normalise import normalise


def units(typed: str) -> list[str]:
    return [unit.strip("\u3000") for unit in byline_units(normalise(typed, "byline"))]


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("本报记者 罗 鸣", ["本报记者\u3000罗\u3000鸣"]),
        ("本报记者 罗鸣 张小明", ["本报记者\u3000罗\u3000鸣", "张小明"]),
        ("本报记者 张小明 王大力 通讯员 李强", ["本报记者\u3000张小明", "王大力", "通讯员\u3000李\u3000强"]),
        ("本报记者 张小明 文/图", ["本报记者\u3000张小明\u3000文/图"]),
        ("张小明", ["张小明"]),
    ],
)
def test_units(typed: str, expected: list[str]) -> None:
    assert units(typed) == expected


def test_units_are_the_whole_byline() -> None:
    copy = normalise("本报记者 罗鸣 张小明 通讯员 李强 文/图", "byline")
    assert "".join(byline_units(copy)) == copy


def test_as_few_lines_as_go() -> None:
    copy = normalise("本报记者 张小明 王大力 通讯员 李小强", "byline")
    assert byline_lines(copy, lambda line: len(line) <= 12) == (
        "本报记者\u3000张小明\u3000王大力",
        "通讯员\u3000李小强",
    )
    assert len(byline_lines(copy, lambda line: len(line) <= 1)) == 3
    assert byline_lines(copy, lambda line: True) == (copy,)
