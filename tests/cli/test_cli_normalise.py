"""``layout normalise``: one paragraph a line, lints beside, faults with a hint."""

from pathlib import Path

from click.testing import CliRunner, Result

from layout.cli.normalise import command

CUT = (
    "支持、鼓励委员创先争先,着力加强“两支”队伍建设,提升委员履职能力,夯实委员业务素质,发挥示范带动作用,鼓励创先争\r\n"
    "\r\n"
    "优、示范引领,8名委员获得殊荣。\r\n"
    "举旗帜 明方向\r\n"
)


def run(*arguments: str, copy: str | bytes = "") -> Result:
    return CliRunner().invoke(command, arguments, input=copy)


def test_one_paragraph_a_line() -> None:
    result = run(copy="\ufeff经济回升,就业稳定\n\n \u3000\n已完工.\n")
    assert result.exit_code == 0
    assert result.stdout == "经济回升，就业稳定\n已完工。\n"


def test_a_cut_paragraph_is_joined_across_empty_lines() -> None:
    lines = run(copy=CUT).stdout.splitlines()
    assert len(lines) == 2
    assert lines[0].endswith("鼓励创先争优、示范引领，8名委员获得殊荣。")


def test_only_body_is_joined() -> None:
    assert len(run("--role", "caption", copy=CUT).stdout.splitlines()) == 3


def test_role() -> None:
    assert run("--role", "byline", copy="本报记者 罗 鸣").stdout == "本报记者\u3000罗\u3000鸣\n"


def test_lints_name_file_line_and_column(tmp_path: Path) -> None:
    file = tmp_path / "copy.txt"
    file.write_text("甲乙。\n参加“9.9公益日”\n", encoding="utf-8")
    result = run(str(file))
    assert result.exit_code == 0
    assert result.stderr.startswith(f"{file}:2:4: warning[month-day-period]: ")


def test_diff_shows_rule_and_place() -> None:
    result = run("--diff", copy="已是正稿。\n共 8人,\n")
    assert "line 2" in result.stdout
    assert "line 1" not in result.stdout
    assert "N-11   column 2: 共[␣ → ]8人," in result.stdout
    assert "N-4    column 5: 共␣8人[, → ，]" in result.stdout


def test_diff_tells_a_join() -> None:
    result = run("--diff", copy=CUT)
    assert "line 1+3" in result.stdout
    assert "N-13" in result.stdout


def test_another_encoding_is_refused_with_a_hint() -> None:
    result = run(copy="今年以来,全区经济稳中向好".encode("gb18030"))
    assert result.exit_code == 1
    assert result.stdout == ""
    assert "error[encoding]" in result.stderr
    assert "hint: " in result.stderr


def test_utf16_with_its_mark_is_read() -> None:
    assert run(copy="甲,乙\n".encode("utf-16")).stdout == "甲，乙\n"


def test_control_characters_are_taken_out() -> None:
    assert run(copy="中\x07国\x0b,好\n").stdout == "中国，好\n"


def test_wrong_usage() -> None:
    assert run("--role", "footnote").exit_code == 2
    assert run("no-such-file.txt").exit_code == 2


def test_what_is_marked_as_typed_stays_so_with_its_markup() -> None:
    copy = "设{3.15,abc:!}晚会,比分{3:1:!}.\n"
    result = run(copy=copy)
    assert result.stdout == "设{3.15,abc:!}晚会，比分{3:1:!}。\n"
    assert result.stderr == ""
    changes = run("--diff", copy=copy).stdout
    assert "N-4" in changes
    assert "[, → ，]比分{3:1" in changes
