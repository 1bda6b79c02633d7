import json

import pytest
from click.testing import CliRunner

from layout.cli.fonts import command

GRIN = "\U0001f600"  # no Chinese text face has it
BIANG = "\U00030ede"  # of the shipped faces only LXGW WenKai has it


def run(*args: object):
    return CliRunner().invoke(command, [str(arg) for arg in args])


@pytest.fixture
def text(tmp_path):
    def write(content: str):
        path = tmp_path / "copy.txt"
        path.write_text(content, encoding="utf-8")
        return path

    return write


def test_a_house_style():
    done = run("--json")
    assert done.exit_code == 0
    facts = json.loads(done.stdout)
    assert facts["house"] == "broadsheet"
    assert facts["roles"]["body"][0] == "NotoSerifSC-Regular"
    assert set(facts["faces"]) == {key for chain in facts["roles"].values() for key in chain}
    for name in ("GB 2312 level 1 (一级汉字)", "GB 2312 level 2 (二级汉字)", "GBK hanzi (GB 13000.1)"):
        assert facts["coverage"]["body"][name] == facts["sets"][name]


def test_the_table_says_the_same():
    done = run("--house", "tabloid", "--role", "headline")
    assert done.exit_code == 0
    assert "house style tabloid" in done.stdout
    row = next(line for line in done.stdout.splitlines() if line.startswith("GB 2312 level 1"))
    assert set(row.split()[-2:]) == {"3,755"}


def test_a_text_that_can_be_set(text):
    done = run(text(f"“好”的第一行\n\n{BIANG}{BIANG}面\n"), "--json")
    assert (done.exit_code, done.stderr) == (0, "")
    facts = json.loads(done.stdout)
    assert facts["missing"] == []
    assert facts["faces"]["NotoSerifSC-Regular"] == {"characters": 8, "stands_in_for": {}}
    assert facts["faces"]["LXGWWenKai-Regular"] == {"characters": 2, "stands_in_for": {BIANG: 2}}


def test_what_is_missing_has_its_place(text):
    path = text(f"第一行\n　　字{GRIN}，{GRIN}。\n")
    done = run(path)
    assert done.exit_code == 1
    assert f"{path}:2:4: error[glyph-missing]" in done.stderr
    assert f"{path}:2:6: error[glyph-missing]" in done.stderr
    assert "U+1F600" in done.stderr
    places = json.loads(run(path, "--json").stdout)["missing"]
    assert [(place["text"], place["line"], place["column"]) for place in places] == [(GRIN, 2, 4), (GRIN, 2, 6)]


def test_a_role_has_its_own_first_face(text):
    facts = json.loads(run(text("标题"), "--role", "headline", "--json").stdout)
    assert list(facts["faces"]) == ["NotoSerifSC-Black"]


ISSUE = f"""\
paper: {{name: 测试报}}
date: 2024-05-06
pages:
  - number: 1
    stories:
      - slug: a
        area: {{columns: 1-8, lines: 1-40}}
        headline: 标题{GRIN}
        text: |
          正文第一段。
          {BIANG}面。
"""


def test_an_issue_is_set_role_by_role(tmp_path):
    path = tmp_path / "issue.yaml"
    path.write_text(ISSUE, encoding="utf-8")
    done = run(path)
    assert done.exit_code == 1, done.output
    assert f"{path}:8:21: error[glyph-missing]" in done.stderr
    assert "role headline" in done.stderr
    facts = json.loads(run(path, "--json").stdout)
    assert facts["faces"]["NotoSerifSC-Black"]["characters"] == 2
    assert facts["faces"]["LXGWWenKai-Regular"]["stands_in_for"] == {BIANG: 1}


def test_wrong_usage_and_wrong_files(tmp_path):
    assert run("--role", "nobody").exit_code == 2
    missing = run(tmp_path / "none.txt")
    assert (missing.exit_code, "error[file-missing]" in missing.stderr) == (1, True)
    unknown = run("--house", "nobody")
    assert (unknown.exit_code, "error[" in unknown.stderr) == (1, True)
    (tmp_path / "issue.yaml").write_text("pages: [", encoding="utf-8")
    assert run(tmp_path / "issue.yaml").exit_code == 1


def test_an_unusable_face_is_named(tmp_path):
    (tmp_path / "broken.ttf").write_bytes(b"no font")
    style = tmp_path / "mine.yaml"
    style.write_text("extends: broadsheet\nfaces: {song: broken.ttf}\n", encoding="utf-8")
    done = run("--house", style)
    assert done.exit_code == 1
    assert "error[font-broken]" in done.stderr
    assert done.stderr.count("error[") == 1
