"""三审: who may sign, what a sign-off is bound to, and what makes it void."""

import json
import shutil
from pathlib import Path

import pytest
from delivery_samples import PEOPLE, ROLES, START, codes, make_build, pdf, sign_all, signed_build
from test_delivery_ledger import key_file

from layout.delivery import open_signer, sign, status
from layout.delivery.ledger import LEDGER

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


def test_one_person_in_two_stages_of_old_is_found_when_it_counts(tmp_path: Path) -> None:
    out = make_build(tmp_path, signoff={"roles": list(ROLES), "same_person": True})
    for role in ROLES:
        sign(out, role=role, name="张三", at=START)
    make_build(out)
    assert codes(status(out).diagnostics) == ["same-person"] * 3


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
    assert "signature-missing" in codes(status(out, signers=signers).diagnostics)
    sign(out, role="初审", name="张三", at=START, signer=open_signer(other))
    assert "signature-untrusted" in codes(status(out, signers=signers).diagnostics)
    sign(out, role="初审", name="张三", at=START, signer=open_signer(own))
    sign(out, role="初审", name="张三", at=START)
    for role, name in PEOPLE[1:]:
        sign(out, role=role, name=name, at=START)
    assert status(out, signers=signers).ok, "others need no key, and a later entry without one takes nothing away"


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
