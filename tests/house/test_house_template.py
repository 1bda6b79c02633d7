"""The furniture's templates print named fields and can do nothing else."""

from datetime import date

import pytest

from layout.house.template import FIELDS, Field, TemplateError, fill, parse_template

VALUES = {
    "paper": "样报",
    "date": date(2024, 1, 8),
    "weekday": "星期一",
    "page": 4,
    "title": "专版",
    "staff": {"责编": "张三", "设计": "李四"},
    "note": {"电话": "010"},
}


@pytest.mark.parametrize(
    ("template", "text"),
    [
        ("", ""),
        ("要闻", "要闻"),
        ("{paper} {title}", "样报 专版"),
        ("{page:02}版", "04版"),
        ("{page}版", "4版"),
        ("{date}", "2024年1月8日"),
        ("{date:%Y年%-m月%-d日} {weekday}", "2024年1月8日 星期一"),
        ("{date:%Y-%m-%d} 100%", "2024-01-08 100%"),
        ("{date:%%}", "%"),
        ("责编 {staff:责编}", "责编 张三"),
        ("{staff}", "责编 张三　设计 李四"),
        ("{staff:校对}|", "|"),
        ("{note:电话}", "010"),
        ("{{{paper}}}", "{样报}"),
        ("{paper}　{number}　{title}", "样报　专版"),
        ("{number}　{title}", "专版"),
    ],
)
def test_fill(template: str, text: str) -> None:
    assert fill(template, VALUES) == text


@pytest.mark.parametrize(
    ("template", "offset"),
    [
        ("{papre}", 0),
        ("一{", 1),
        ("一}二", 1),
        ("{paper.__class__}", 0),
        ("{paper[0]}", 0),
        ("{}", 0),
        ("a{date:%H}", 1),
        ("{page:x}", 0),
    ],
)
def test_what_is_no_template(template: str, offset: int) -> None:
    with pytest.raises(TemplateError) as raised:
        parse_template(template)
    assert raised.value.offset == offset


def test_every_field_is_known() -> None:
    assert parse_template("".join(f"{{{name}}}" for name in FIELDS)) == tuple(map(Field, FIELDS))
