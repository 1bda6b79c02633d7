"""The specimen page is signed, then one character changes: nothing is sent, and the difference is named exactly."""

import json
import shutil

import pytest
from issue_samples import run

OLD, NEW = "献计出力实现新突破", "献计出力实现新突围"


@pytest.fixture(scope="module")
def changed(root, tmp_path_factory):
    """The folder of the specimen issue, its build that was signed, and the build after the change."""
    folder = tmp_path_factory.mktemp("specimen")
    shutil.copytree(root / "assets/photos", folder / "assets/photos")
    issue, out = folder / "issue.yaml", folder / "out"
    text = (root / "issue.yaml").read_text("utf-8")
    assert text.count(OLD) == 1
    issue.write_text(text, encoding="utf-8")
    assert run("build", issue, "-o", out).exit_code == 0
    for role, name in (("初审", "张三"), ("复审", "李四"), ("终审", "王五")):
        assert run("sign", out, "--role", role, "--name", name).exit_code == 0
    shutil.copytree(out, folder / "signed")
    issue.write_text(text.replace(OLD, NEW), encoding="utf-8")
    assert run("build", issue, "-o", out).exit_code == 0
    return folder


def test_it_is_not_sent(changed, monkeypatch):
    (changed / "hot").mkdir()
    channels = changed / "config/newspaper-layout/channels.yaml"
    channels.parent.mkdir(parents=True)
    channels.write_text(f"channels:\n  plant: {{url: 'file://{changed}/hot', paper: YB}}\n", encoding="utf-8")
    monkeypatch.setenv("XDG_CONFIG_HOME", str(changed / "config"))
    refused = run("send", changed / "out", "--to", "plant")
    assert refused.exit_code == 1
    assert refused.stderr.count("error[signature-void]") == 3
    assert list((changed / "hot").iterdir()) == []
    assert run("send", changed / "signed", "--to", "plant").exit_code == 0, "what was signed may go"


def test_the_difference_is_that_character_in_that_story(changed):
    done = run("diff", changed / "signed", changed / "out", "--json")
    assert done.exit_code == 1
    (page,) = json.loads(done.stdout)["pages"]
    assert page["page"] == 4
    (story,) = page["stories"]
    assert (story["slug"], story["moved"], story["photos"]) == ("zhengxie", None, [])
    (text,) = story["texts"]
    assert (text["before"], text["after"]) == ("破", "围")
    assert text["left"].endswith("实现新突")
    ((_, _, width, height),) = page["regions"]
    assert max(width, height) < 15, "one character of a section head, in mm"
    told = run("diff", changed / "signed", changed / "out").output
    assert "  story zhengxie" in told
    assert "[破 → 围]" in told


def test_the_proof_says_that_the_sign_offs_are_void(changed):
    from layout.proof import Site

    assert run("proof", changed / "issue.yaml", "-o", changed / "out").exit_code == 0
    signoff = Site(changed / "out/proof").last()["signoff"]
    assert [stage["state"] for stage in signoff["stages"]] == ["void"] * 3
    assert signoff["stages"][0]["changed"] == "issue.pdf, pages/04.pdf"
    assert not signoff["complete"]
    assert signoff["pages"] == {"4": True}, "what is shown is what was built last"
