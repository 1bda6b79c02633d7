"""三审: who may sign, what a sign-off is bound to, and what makes it void."""

import json
import shutil
from datetime import timedelta
from pathlib import Path

import pytest
from delivery_samples import PEOPLE, ROLES, START, codes, deliver, make_build, pdf, settings_of, sign_all, signed_build
from test_delivery_ledger import key_file

from layout.delivery import Trust, open_signer, sign, status
from layout.delivery.ledger import LEDGER
from layout.delivery.model import sha256

TWO = {1: pdf(1), 2: pdf(2)}


def test_three_people_sign_and_all_stand(tmp_path: Path) -> None:
    out = make_build(tmp_path)
    read = status(out)
    assert read.value is not None
    assert codes(read.diagnostics) == ["unsigned"] * 3
    for number, (role, name) in enumerate(PEOPLE, start=1):
        signed = sign(out, role=role, name=name, at=START, remark="付印")
        assert signed.diagnostics == ()
        read = status(out)
        assert read.value is not None
        assert [stage.signed for stage in read.value.stages] == [n < number for n in range(3)]
    assert read.diagnostics == ()
    assert read.value is not None
    assert read.value.complete
    assert [stage.entry.name for stage in read.value.stages if stage.entry] == [name for _, name in PEOPLE]


def test_a_changed_file_makes_every_sign_off_void_and_is_named(tmp_path: Path) -> None:
    out = signed_build(tmp_path, TWO)
    data = bytearray((out / "pages/02.pdf").read_bytes())
    data[-1] ^= 1
    (out / "pages/02.pdf").write_bytes(data)
    read = status(out)
    assert codes(read.diagnostics) == ["file-changed", *["signature-void"] * 3]
    assert all("pages/02.pdf" in one.message and "pages/01.pdf" not in one.message for one in read.diagnostics)
    assert codes(sign(out, role="初审", name="张三", at=START).diagnostics) == ["file-changed"]


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    out = signed_build(tmp_path, TWO)
    (out / "pages/01.pdf").unlink()
    assert codes(status(out).diagnostics) == ["file-missing", *["signature-void"] * 3]


def test_a_new_build_makes_them_void_and_the_same_build_does_not(tmp_path: Path) -> None:
    out = signed_build(tmp_path, TWO)
    make_build(out, TWO)
    assert status(out).diagnostics == ()
    make_build(out, {1: pdf(1), 2: pdf(3)})
    read = status(out)
    assert codes(read.diagnostics) == ["signature-void"] * 3
    assert read.value is not None
    assert read.value.stages[0].changed == ("issue.pdf", "pages/02.pdf")
    assert sign(out, role="初审", name="张三", at=START).value is not None
    assert codes(status(out).diagnostics) == ["signature-void"] * 2
    make_build(out, TWO)
    assert status(out).diagnostics == (), "the files that were signed are back"


def test_a_page_more_or_less_makes_them_void(tmp_path: Path) -> None:
    out = signed_build(tmp_path, {1: pdf(1)})
    make_build(out, TWO)
    read = status(out)
    assert read.value is not None
    assert "pages/02.pdf" in read.value.stages[0].changed
    sign_all(out)
    make_build(out, {1: pdf(1)})
    shutil.rmtree(out / "pages")
    make_build(out, {1: pdf(1)})
    assert status(out).ok, "what was signed first"


@pytest.mark.parametrize("name", ["张三", "张 三", " 张三 ", "张　三"])
def test_no_two_stages_by_one_person(tmp_path: Path, name: str) -> None:
    out = make_build(tmp_path)
    assert sign(out, role="初审", name="张三", at=START).value is not None
    refused = sign(out, role="复审", name=name, at=START)
    assert refused.value is None
    assert codes(refused.diagnostics) == ["same-person"]
    assert sign(out, role="初审", name=name, at=START).value is not None, "the same stage again is no second stage"


def test_the_house_may_allow_one_person(tmp_path: Path) -> None:
    out = make_build(tmp_path, signoff={"roles": list(ROLES), "same_person": True})
    for role in ROLES:
        assert sign(out, role=role, name="张三", at=START).value is not None
    assert status(out).ok


def test_what_the_house_allowed_when_it_was_signed_is_signed_too(tmp_path: Path) -> None:
    out = make_build(tmp_path, signoff={"roles": list(ROLES), "same_person": True})
    for role in ROLES:
        sign(out, role=role, name="张三", at=START)
    make_build(out)
    assert codes(status(out).diagnostics) == ["signature-void"] * 3


def test_one_person_in_two_stages_is_found_when_it_counts(tmp_path: Path) -> None:
    """The sign-off that stood between the two falls, since its signer must have a key."""
    out = make_build(tmp_path / "out")
    for role, name in (("初审", "张三"), ("初审", "李四"), ("复审", "张三")):
        assert sign(out, role=role, name=name, at=START).value is not None
    assert codes(status(out).diagnostics) == ["unsigned"]
    trust = Trust({"李四": open_signer(key_file(tmp_path / "key")).public})
    assert codes(status(out, trust=trust).diagnostics) == ["unsigned", "same-person"]


def test_who_signed_an_older_version_may_sign_another_stage_now(tmp_path: Path) -> None:
    out = signed_build(tmp_path)
    make_build(out, {1: pdf(9)})
    assert sign(out, role="复审", name="张三", at=START).value is not None


def test_one_key_is_one_person(tmp_path: Path) -> None:
    out, signer = make_build(tmp_path / "out"), open_signer(key_file(tmp_path / "key"))
    assert sign(out, role="初审", name="张三", at=START, signer=signer).value is not None
    assert codes(sign(out, role="复审", name="李四", at=START, signer=signer).diagnostics) == ["same-person"]


def test_refusals(tmp_path: Path) -> None:
    out = make_build(tmp_path)
    assert codes(sign(out, role="四审", name="张三", at=START).diagnostics) == ["unknown-role"]
    assert codes(sign(out, role="初审", name="  ", at=START).diagnostics) == ["bad-name"]
    early = sign(out, role="终审", name="王五", at=START)
    assert early.value is not None
    assert codes(early.diagnostics) == ["role-order", "role-order"]


def test_without_stages_nothing_needs_a_signature(tmp_path: Path) -> None:
    out = make_build(tmp_path, signoff={"roles": [], "same_person": False})
    read = status(out)
    assert read.ok
    assert read.value is not None
    assert read.value.complete
    assert codes(sign(out, role="初审", name="张三", at=START).diagnostics) == ["unknown-role"]


def test_whose_key_is_known_must_sign_with_it(tmp_path: Path) -> None:
    out, own, other = make_build(tmp_path / "out"), key_file(tmp_path / "own"), key_file(tmp_path / "other")
    signers = {"张 三": f"{open_signer(own).public} zhang@desk"}
    sign(out, role="初审", name="张三", at=START)
    assert "signature-missing" in codes(status(out, trust=Trust(signers)).diagnostics)
    sign(out, role="初审", name="张三", at=START, signer=open_signer(other))
    assert "signature-untrusted" in codes(status(out, trust=Trust(signers)).diagnostics)
    sign(out, role="初审", name="张三", at=START, signer=open_signer(own))
    sign(out, role="初审", name="张三", at=START)
    for role, name in PEOPLE[1:]:
        sign(out, role=role, name=name, at=START)
    assert status(out, trust=Trust(signers)).ok, "others need no key, and a later entry without one takes nothing away"


@pytest.mark.parametrize(
    ("report", "code"),
    [
        (None, "no-build"),
        ("{", "report-broken"),
        ("[]", "report-broken"),
        ("{}", "report-broken"),
        ({"files": {"../../etc/passwd": {"bytes": 1, "sha256": "0" * 64}}}, "report-broken"),
        ({"files": {"issue.pdf": {"bytes": 1, "sha256": "short"}}}, "report-broken"),
        ({"files": {}}, "report-broken"),
        ({"files": {"pages/05-04.pdf": {"bytes": 1, "sha256": "0" * 64}}}, "report-broken"),
        ({"ok": False}, "report-broken"),
        ({"edition": {}}, "report-broken"),
    ],
)
def test_reports_that_are_none(tmp_path: Path, report: object, code: str) -> None:
    out = make_build(tmp_path / "out")
    path = out / "report.json"
    if report is None:
        path.unlink()
    elif isinstance(report, str):
        path.write_text(report)
    else:
        assert isinstance(report, dict)
        path.write_text(json.dumps({**json.loads(path.read_text()), **report}))
    assert codes(status(out).diagnostics) == [code]
    assert codes(sign(out, role="初审", name="张三", at=START).diagnostics) == [code]
    assert not (out / LEDGER).exists()


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    assert codes(sign(tmp_path / "no", role="初审", name="张三", at=START).diagnostics) == ["no-build"]


EDITED = [
    ("date", "2024-01-09"),
    ("number", "129"),
    ("paper", "他报"),
    ("standard", "x1a"),
    ("pages", [{"number": 1, "title": "副刊"}]),
    ("signoff", {"roles": ["初审", "复审", "终审"], "same_person": True}),
    ("signoff", {"roles": ["初审"], "same_person": False}),
]


@pytest.mark.parametrize(("key", "value"), EDITED)
def test_particulars_that_are_edited_make_every_sign_off_void(tmp_path: Path, key: str, value: object) -> None:
    """The press files are those that were signed; the report says something else about them."""
    out = signed_build(tmp_path)
    report = json.loads((out / "report.json").read_text("utf-8"))
    report["edition"][key] = value
    (out / "report.json").write_text(json.dumps(report), "utf-8")
    read = status(out)
    assert read.value is not None
    assert set(codes(read.diagnostics)) == {"signature-void"}
    assert len(read.diagnostics) == len(read.value.stages)
    assert all("said of the edition" in one.message for one in read.diagnostics)


def test_a_press_condition_that_is_edited(tmp_path: Path) -> None:
    out = signed_build(tmp_path)
    report = json.loads((out / "report.json").read_text("utf-8"))
    report["press"]["condition"] = "FOGRA39"
    (out / "report.json").write_text(json.dumps(report), "utf-8")
    assert codes(status(out).diagnostics) == ["signature-void"] * 3


def test_stages_that_the_configuration_asks_for_cannot_be_edited_away(tmp_path: Path) -> None:
    out = make_build(tmp_path, signoff={"roles": [], "same_person": False})
    trust = Trust(roles=ROLES)
    read = status(out, trust=trust)
    assert codes(read.diagnostics) == ["unsigned"] * 3
    for role, name in PEOPLE:
        assert sign(out, role=role, name=name, at=START, trust=trust).value is not None
    assert status(out, trust=trust).ok


def test_a_stage_that_both_ask_for_is_one(tmp_path: Path) -> None:
    read = status(make_build(tmp_path), trust=Trust(roles=("终审", "社长签发")))
    assert read.value is not None
    assert [stage.role for stage in read.value.stages] == [*ROLES, "社长签发"]


def test_only_those_with_a_key_may_count(tmp_path: Path) -> None:
    out, key = make_build(tmp_path / "out"), key_file(tmp_path / "key")
    trust = Trust({"张三": open_signer(key).public}, signers_only=True)
    sign(out, role="初审", name="张三", at=START, signer=open_signer(key))
    sign(out, role="复审", name="李四", at=START)
    assert codes(status(out, trust=trust).diagnostics) == ["signer-unknown", "unsigned"]


def test_another_issues_ledger_counts_for_nothing(tmp_path: Path) -> None:
    """Even when the press files are the same to the byte: another day, another sign-off."""
    old, new = signed_build(tmp_path / "old"), make_build(tmp_path / "new", date="2024-01-09")
    shutil.copy(old / LEDGER, new / LEDGER)
    assert codes(status(new).diagnostics) == ["signature-void"] * 3
    other = make_build(tmp_path / "other", {1: pdf(2)})
    shutil.copy(old / LEDGER, other / LEDGER)
    assert codes(status(other).diagnostics) == ["signature-void"] * 3


def test_an_entry_of_another_issue_does_not_fit_into_the_chain(tmp_path: Path) -> None:
    old = signed_build(tmp_path / "old")
    new = make_build(tmp_path / "new", {1: pdf(2)})
    sign(new, role="初审", name="赵六", at=START)
    with (new / LEDGER).open("ab") as ledger:
        ledger.write((old / LEDGER).read_bytes().splitlines()[1] + b"\n")
    assert codes(status(new).diagnostics) == ["ledger-broken"]


def test_a_folder_that_is_a_link_and_a_page_that_is_one(tmp_path: Path) -> None:
    real = make_build(tmp_path / "real")
    (tmp_path / "out").symlink_to(real)
    sign_all(tmp_path / "out")
    assert status(real).ok
    assert status(tmp_path / "out").ok
    (real / "pages/01.pdf").rename(tmp_path / "moved.pdf")
    (real / "pages/01.pdf").symlink_to(tmp_path / "moved.pdf")
    assert status(real).ok, "what counts is what is in it"
    (tmp_path / "moved.pdf").write_bytes(pdf(9))
    assert "file-changed" in codes(status(real).diagnostics)


def test_only_the_build_that_was_looked_at_is_signed(tmp_path: Path) -> None:
    """Between the proof and the pen somebody builds anew."""
    read = status(make_build(tmp_path))
    assert read.value is not None
    seen = read.value.build.identity
    make_build(tmp_path, {1: pdf(2)})
    refused = sign(tmp_path, role="初审", name="张三", at=START, identity=seen)
    assert codes(refused.diagnostics) == ["other-build"]
    assert not (tmp_path / LEDGER).exists()
    make_build(tmp_path)
    assert codes(sign(tmp_path, role="初审", name="张三", at=START, identity=seen[:3]).diagnostics) == ["other-build"]
    assert sign(tmp_path, role="初审", name="张三", at=START, identity=seen[:8]).value is not None


@pytest.mark.parametrize("mark", ["\u200b", "\u202e", "\x1b", "\ufeff", "\u00ad", "\x00"])
def test_characters_that_are_not_seen(tmp_path: Path, mark: str) -> None:
    """They would make a second person of one, or change what a terminal shows."""
    out = make_build(tmp_path)
    assert codes(sign(out, role="初审", name=f"张{mark}三", at=START).diagnostics) == ["bad-name"]
    assert codes(sign(out, role="初审", name="张三", remark=f"可{mark}", at=START).diagnostics) == ["bad-name"]
    assert sign(out, role="初审", name="张三", remark="二版\n标题", at=START).value is not None


@pytest.mark.parametrize("file", ["report.json", LEDGER])
def test_files_nested_without_end(tmp_path: Path, file: str) -> None:
    out = signed_build(tmp_path)
    (out / file).write_bytes(b"[" * 200_000 + b"\n")
    assert set(codes(status(out).diagnostics)) <= {"report-broken", "ledger-broken"}
    assert status(out).value is None


@pytest.mark.parametrize("field", ["at", "digest", "files", "key", "name", "previous", "remark", "role", "signature"])
@pytest.mark.parametrize("line", [0, 1, 2])
def test_no_field_of_an_entry_can_be_edited(tmp_path: Path, field: str, line: int) -> None:
    """Edited by somebody who knows the format: the line is canonical, and its own digest right where it can be."""
    out = make_build(tmp_path / "out")
    for number, (role, name) in enumerate(PEOPLE):
        signer = open_signer(key_file(tmp_path / f"key{number}"))
        sign(out, role=role, name=name, at=START, remark="可付印", signer=signer)
    lines = (out / LEDGER).read_bytes().splitlines()
    entry = json.loads(lines[line])
    other = json.loads(lines[line - 1])
    entry[field] = (
        {"issue.pdf": "0" * 64} if field == "files" else other[field] if other[field] != entry[field] else "另"
    )
    if field != "digest":
        bare = {key: value for key, value in entry.items() if key not in {"digest", "signature"}}
        entry["digest"] = sha256(canonical(bare))
    lines[line] = canonical(entry)
    (out / LEDGER).write_bytes(b"".join(one + b"\n" for one in lines))
    read = status(out)
    assert read.value is None
    assert set(codes(read.diagnostics)) <= {"entry-forged", "ledger-broken"}


def canonical(values: dict[str, object]) -> bytes:
    return json.dumps(values, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def test_lines_cut_off_after_something_was_sent_are_told(tmp_path: Path) -> None:
    out, hot = signed_build(tmp_path / "out"), tmp_path / "hot"
    hot.mkdir()
    deliver(out, settings_of(tmp_path, {"url": f"file://{hot}", "paper": "YB"}))
    assert status(out).diagnostics == ()
    lines = (out / LEDGER).read_bytes().splitlines(keepends=True)
    (out / LEDGER).write_bytes(b"".join(lines[:2]))
    read = status(out)
    assert codes(read.diagnostics) == ["ledger-shortened", "unsigned"]
    assert "plant-0001.json" in read.diagnostics[0].message
    (out / LEDGER).unlink()
    assert codes(status(out).diagnostics) == ["ledger-shortened", *["unsigned"] * 3]
    (out / "receipts" / "plant-0001.json").write_text("{")
    assert codes(status(out).diagnostics) == ["unsigned"] * 3


def test_a_clock_that_is_behind_is_told(tmp_path: Path) -> None:
    out = make_build(tmp_path)
    sign(out, role="初审", name="张三", at=START)
    signed = sign(out, role="复审", name="李四", at=START - timedelta(hours=1))
    assert codes(signed.diagnostics) == ["clock-behind"]
    assert signed.value is not None, "the chain tells the order, whatever the clocks say"
    assert status(out).value is not None
