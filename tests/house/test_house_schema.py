"""The house style's schema is one with the model and explains every setting."""

from collections.abc import Iterator, Mapping
from typing import Any, get_args

import jsonschema_rs
import pytest
from msgspec import NODEFAULT
from msgspec.structs import fields

from layout.core import Size
from layout.house import BUILT_IN, house_schema
from layout.house.model import (
    STYLE_NAMES,
    Align,
    Copyfit,
    FaceRef,
    Furniture,
    Grid,
    HeadBlock,
    House,
    InkRules,
    Marks,
    PhotoBlock,
    Press,
    RuleStyle,
    SectionHead,
    Sharpening,
    Signoff,
    Spread,
    TableBlock,
    TypeStyle,
)

SCHEMA = house_schema()
TOP = SCHEMA["properties"]
PRESS = TOP["press"]["anyOf"][1]["properties"]
KINDS: dict[type, Mapping[str, Any]] = {
    Size: TOP["trim"]["properties"],
    Grid: TOP["grid"]["properties"],
    TypeStyle: SCHEMA["definitions"]["style"]["properties"],
    RuleStyle: TOP["rules"]["additionalProperties"]["properties"],
    HeadBlock: TOP["head"]["properties"],
    SectionHead: TOP["section"]["properties"],
    PhotoBlock: TOP["photo"]["properties"],
    TableBlock: TOP["table"]["properties"],
    Copyfit: TOP["copyfit"]["properties"],
    Furniture: TOP["furniture"]["properties"],
    Marks: TOP["marks"]["properties"],
    Signoff: TOP["signoff"]["properties"],
    Spread: TOP["spread"]["properties"],
    Press: PRESS,
    InkRules: PRESS["ink_rules"]["properties"],
    Sharpening: PRESS["sharpen"]["properties"],
    FaceRef: TOP["faces"]["additionalProperties"]["anyOf"][1]["properties"],
    House: TOP,
}
ONLY_IN_FILES = {"like", "extends", "sizes", "roles", "file"}
"""How a file says what the model holds in another form."""
ONLY_IN_THE_MODEL = {"path", "span", "places", "fold"}


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_schema_and_model_name_the_same_things(kind: type) -> None:
    names = {field.name for field in fields(kind)} - ONLY_IN_THE_MODEL  # type: ignore[arg-type]
    assert names <= set(KINDS[kind])
    assert set(KINDS[kind]) - names <= ONLY_IN_FILES


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_defaults_are_the_models(kind: type) -> None:
    for field in fields(kind):  # type: ignore[arg-type]
        stated = KINDS[kind].get(field.name, {}).get("default", NODEFAULT)
        if stated is not NODEFAULT:
            assert field.default == (tuple(stated) if isinstance(stated, list) else stated), field.name


def test_styles_and_alignments_are_the_models() -> None:
    assert set(TOP["styles"]["properties"]) == {*STYLE_NAMES, "default"}
    assert SCHEMA["definitions"]["align"]["enum"] == list(get_args(Align))


def parts(schema: Any) -> Iterator[Mapping[str, Any]]:
    if isinstance(schema, Mapping):
        if isinstance(schema.get("properties"), Mapping):
            yield from schema["properties"].values()
        for value in schema.values():
            yield from parts(value)
    elif isinstance(schema, list):
        for value in schema:
            yield from parts(value)


def test_every_setting_is_titled_in_both_languages_and_explained() -> None:
    for part in parts(SCHEMA):
        target = SCHEMA["definitions"].get(part.get("$ref", "").rpartition("/")[2], {})
        title = part.get("title") or target.get("title", "")
        assert any("\u4e00" <= character <= "\u9fff" for character in title), part
        assert part.get("description") or target.get("description"), part


def test_examples_and_defaults_are_valid() -> None:
    for part in parts(SCHEMA):
        whole = {"definitions": SCHEMA["definitions"], "allOf": [part]}
        for example in [*part.get("examples", ()), *([part["default"]] if "default" in part else ())]:
            assert jsonschema_rs.is_valid(whole, example), (part, example)


def test_the_schema_is_valid_and_so_are_the_built_in_styles(root: Any) -> None:
    import yaml

    assert jsonschema_rs.meta.is_valid(SCHEMA)
    for name in BUILT_IN:
        text = (root / "layout" / "house" / f"{name}.yaml").read_text(encoding="utf-8")
        assert jsonschema_rs.Draft7Validator(SCHEMA).is_valid(yaml.safe_load(text))
