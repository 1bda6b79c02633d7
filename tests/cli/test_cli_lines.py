"""``layout lines``: its contract with whoever reads its output."""

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from layout.cli.lines import command

REFERENCE = ("--metrics", "reference", "--raw")
COPY = "专家建议，农户适时播种，科学施肥，防止冻害影响产量。\n"


def run(*arguments: str, copy: str = COPY) -> Result:
    return CliRunner().invoke(command, arguments, input=copy)


def answers(*arguments: str, copy: str = COPY) -> list[dict[str, Any]]:
    result = run("--json", *REFERENCE, *arguments, copy=copy)
    assert result.exit_code == 0, result.output
    return [json.loads(line) for line in result.stdout.splitlines()]


def test_plain_output_is_a_line_a_line() -> None:
    result = run("--measure", "13", *REFERENCE, copy=COPY + "\n" + "国国\n")
    assert result.stdout == "专家建议，农户适时播种，\n科学施肥，防止冻害影响产量。\n\n国国\n"


def test_json_has_the_keys_of_the_contract() -> None:
    (answer,) = answers("--measure", "13")
    assert list(answer) == ["text", "pass", "cost", "lines"]
    assert (answer["text"], answer["pass"]) == (COPY.strip(), 1)
    line = answer["lines"][0]
    assert list(line) == ["text", "measure", "width", "natural", "tracking", "last", "clusters"]
    assert (line["measure"], line["width"], line["natural"], line["last"]) == (13.0, 13.0, 13.5, False)
    assert list(line["clusters"][0]) == ["text", "advance", "offset", "form"]
    assert "".join(cluster["text"] for cluster in line["clusters"]) == line["text"]


def test_trimmed_opening_mark_is_set_off() -> None:
    (answer,) = answers("--measure", "13", "--indent", "0", copy="“国“国\n")
    clusters = answer["lines"][0]["clusters"]
    assert [(c["advance"], c["offset"]) for c in clusters] == [(0.5, -0.5), (1.0, 0.0), (1.0, 0.0), (1.0, 0.0)]


def test_options_reach_the_composer() -> None:
    (half,) = answers("--measure", "13", "--punctuation", "banjiao", copy="国，国\n")
    assert half["lines"][0]["natural"] == 4.5
    (column,) = answers("--measure", "13", "--vertical", "--profile", "gb", copy="国12国\n")
    assert [c["form"] for c in column["lines"][0]["clusters"]] == ["upright", "rotated", "rotated", "upright"]
    (column,) = answers("--measure", "13", "--vertical", "--quotes", "corner-first", copy="“国\n")
    assert column["lines"][0]["clusters"][0]["form"] == "substitute:U+FE41"
    (free,) = answers("--measure", "4", "--indent", "0", "--level", "none", copy="国国国国，国国\n")
    assert free["lines"][1]["text"].startswith("，")


def test_face_file_sets_the_widths(root: Path) -> None:
    face = str(root / "fonts" / "LXGWWenKai-Regular.ttf")
    result = run("--measure", "13", "--raw", "--json", "--face", face, copy="“国”\U000323af\n")
    (answer,) = [json.loads(line) for line in result.stdout.splitlines()]
    assert answer["lines"][0]["clusters"][0]["offset"] == pytest.approx(0.15)
    assert answer["missing"] == [{"offset": 3, "text": "\U000323af"}]


def test_house_style_and_normalisation() -> None:
    result = run("--measure", "15", copy="经济回升,就业稳定,民生改善\n")
    assert result.exit_code == 0, result.output
    assert "".join(result.stdout.split()) == "经济回升，就业稳定，民生改善"


def test_style_of_the_house_decides_what_is_not_asked() -> None:
    result = run(
        "--measure", "30", "--indent", "0", "--style", "headline", "--metrics", "reference", "--json", copy="国，国\n"
    )
    (answer,) = [json.loads(line) for line in result.stdout.splitlines()]
    assert answer["lines"][0]["text"] == "国，国"


@pytest.mark.parametrize(
    "arguments",
    [
        (),
        ("--measure", "2"),
        ("--measure", "0.5", "--indent", "0"),
        ("--measure", "13", "--level", "soft"),
        ("--measure", "nan"),
        ("--measure", "inf"),
        ("--measure", "x"),
    ],
)
def test_wrong_usage(arguments: tuple[str, ...]) -> None:
    assert run(*arguments, *REFERENCE).exit_code == 2


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("--style", "nonsense"), "unknown-style"),
        (("--face", "nowhere.ttf"), "font-missing"),
    ],
)
def test_faults_have_codes(arguments: tuple[str, ...], code: str) -> None:
    result = run("--measure", "13", *arguments)
    assert result.exit_code == 1
    assert f"error[{code}]" in result.stderr


def test_copy_that_is_not_text(tmp_path: Path) -> None:
    file = tmp_path / "copy.txt"
    file.write_bytes("国".encode("gb18030"))
    result = run(str(file), "--measure", "13", *REFERENCE)
    assert result.exit_code == 1
    assert "error[not-utf8]" in result.stderr


def test_long_latin_words_are_hyphenated_when_asked() -> None:
    copy = "他说的internationalization即国际化，与photosynthesis一起出现。\n"
    (plain,) = answers("--measure", "13", copy=copy)
    (asked,) = answers("--measure", "13", "--hyphenate", copy=copy)
    assert asked["pass"] < plain["pass"]
    for answer in (plain, asked):
        assert "".join(line["text"] for line in answer["lines"]) == copy.strip()
    hyphens = [line["clusters"][-1] for line in asked["lines"] if line["clusters"][-1]["text"] == ""]
    assert hyphens
    assert all(hyphen["advance"] == 0.5 for hyphen in hyphens)
    house = run("--measure", "13", "--json", "--style", "body", copy=copy)
    assert '"text": ""' in house.stdout
    assert '"text": ""' not in run("--measure", "13", "--json", "--no-hyphenate", copy=copy).stdout
