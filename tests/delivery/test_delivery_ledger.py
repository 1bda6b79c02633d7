"""The sign-off ledger: what is changed in it, taken out of it or put into it is found."""

import json
import multiprocessing
import subprocess
from datetime import timedelta
from pathlib import Path

import pytest
from delivery_samples import PEOPLE, ROLES, START, codes, make_build, pdf, sign_all, signed_build
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from layout.delivery import SignatureError, open_signer, read_ledger, sign, status
from layout.delivery.ledger import LEDGER
from layout.delivery.model import sha256


def lines(out: Path) -> list[bytes]:
    return (out / LEDGER).read_bytes().splitlines()


def put(out: Path, changed: list[bytes]) -> None:
    (out / LEDGER).write_bytes(b"".join(line + b"\n" for line in changed))


def test_each_entry_is_chained_to_the_one_before(tmp_path: Path) -> None:
    out = signed_build(tmp_path)
    written = lines(out)
    entries = read_ledger(out).value
    assert entries is not None
    assert [entry.role for entry in entries] == list(ROLES)
    assert [entry.previous for entry in entries] == ["0" * 64, *map(sha256, written[:-1])]
    files = dict(entries[0].files)
    assert len(files.pop("edition")) == 64
    assert files == {
        "issue.pdf": sha256(pdf()),
        "pages/01.pdf": sha256(pdf()),
    }
    assert entries[1].at == "2024-01-07T22:01:00+00:00"


def test_the_ledger_is_only_ever_added_to(tmp_path: Path) -> None:
    out = make_build(tmp_path)
    before = b""
    for role, name in PEOPLE:
        sign(out, role=role, name=name, at=START)
        now = (out / LEDGER).read_bytes()
        assert now.startswith(before)
        assert now.count(b"\n") == before.count(b"\n") + 1
        before = now


@pytest.mark.parametrize(
    ("harm", "expected"),
    [
        (lambda ls: [ls[0].replace("张三".encode(), "赵六".encode()), *ls[1:]], ["entry-forged", "ledger-broken"]),
        (lambda ls: [*ls[:-1], ls[-1].replace("王五".encode(), "赵六".encode())], ["entry-forged"]),
        (lambda ls: [ls[0], ls[2]], ["ledger-broken"]),
        (lambda ls: ls[1:], ["ledger-broken"]),
        (lambda ls: [ls[1], ls[0], ls[2]], ["ledger-broken", "ledger-broken", "ledger-broken"]),
        (lambda ls: [*ls, ls[-1]], ["ledger-broken"]),
        (lambda ls: [*ls, b"{}"], ["ledger-broken"]),
        (lambda ls: [*ls, b""], ["ledger-broken"]),
        (lambda ls: [ls[0], ls[1], ls[2].replace(b'"role"', b' "role"')], ["ledger-broken"]),
    ],
    ids=["name", "last name", "middle out", "first out", "order", "twice", "empty entry", "empty line", "spelling"],
)
def test_harm_is_found(tmp_path: Path, harm: object, expected: list[str]) -> None:
    out = signed_build(tmp_path)
    assert callable(harm)
    put(out, harm(lines(out)))
    read = read_ledger(out)
    assert read.value is None
    assert codes(read.diagnostics) == expected
    assert status(out).value is None
    before = (out / LEDGER).read_bytes()
    assert sign(out, role="初审", name="赵六", at=START).value is None
    assert (out / LEDGER).read_bytes() == before, "a broken ledger is left as it is"


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_any_changed_byte_is_found(tmp_path: Path, data: st.DataObject) -> None:
    out = tmp_path if (tmp_path / LEDGER).exists() else signed_build(tmp_path)
    whole = (out / LEDGER).read_bytes()
    place = data.draw(st.integers(0, len(whole) - 1))
    byte = data.draw(st.integers(0, 255).filter(lambda byte: byte != whole[place]))
    (out / LEDGER).write_bytes(whole[:place] + bytes([byte]) + whole[place + 1 :])
    try:
        assert read_ledger(out).value is None
    finally:
        (out / LEDGER).write_bytes(whole)


def test_a_line_that_was_cut_off_is_found(tmp_path: Path) -> None:
    out = signed_build(tmp_path)
    whole = (out / LEDGER).read_bytes()
    (out / LEDGER).write_bytes(whole[:-20])
    assert codes(read_ledger(out).diagnostics) == ["ledger-broken"]
    (out / LEDGER).write_bytes(whole[:-1])
    assert codes(read_ledger(out).diagnostics) == ["ledger-broken"]


def test_an_entry_says_who_signed_what_and_when(tmp_path: Path) -> None:
    out = signed_build(tmp_path)
    first = json.loads(lines(out)[0])
    assert set(first) == {"at", "digest", "files", "key", "name", "previous", "remark", "role", "signature"}


def _sign_in_process(out: str, number: int) -> None:
    sign(Path(out), role="初审", name=f"编辑{number}", at=START + timedelta(seconds=number))


def test_many_signers_at_once(tmp_path: Path) -> None:
    out = make_build(tmp_path, signoff={"roles": ["初审"], "same_person": True})
    context = multiprocessing.get_context("fork")
    workers = [context.Process(target=_sign_in_process, args=(str(out), number)) for number in range(8)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join(20)
    entries = read_ledger(out).value
    assert entries is not None
    assert sorted(entry.name for entry in entries) == [f"编辑{number}" for number in range(8)]


def key_file(path: Path, *, kind: str = "ed25519", passphrase: str = "") -> Path:
    pytest.importorskip("cryptography")
    from cryptography.hazmat.primitives.asymmetric import ec, ed25519
    from cryptography.hazmat.primitives.serialization import (
        BestAvailableEncryption,
        Encoding,
        NoEncryption,
        PrivateFormat,
    )

    key = ed25519.Ed25519PrivateKey.generate() if kind == "ed25519" else ec.generate_private_key(ec.SECP256R1())
    lock = BestAvailableEncryption(passphrase.encode()) if passphrase else NoEncryption()
    path.write_bytes(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, lock))
    return path


def test_signatures_are_kept_and_checked(tmp_path: Path) -> None:
    out, key = make_build(tmp_path / "out"), key_file(tmp_path / "key")
    signed = sign(out, role="初审", name="张三", at=START, signer=open_signer(key))
    assert signed.value is not None
    assert signed.value.key.startswith("ssh-ed25519 ")
    sign(out, role="复审", name="李四", at=START)
    assert read_ledger(out).ok
    entry = json.loads(lines(out)[0])
    entry["name"] = "赵六"
    without = {name: value for name, value in entry.items() if name not in {"digest", "signature"}}
    entry["digest"] = sha256(json.dumps(without, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode())
    forged = json.dumps(entry, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
    put(out, [forged])
    assert codes(read_ledger(out).diagnostics) == ["entry-forged"], "the digest is right, the signature is not"


@pytest.mark.parametrize("signature", ["", "AAAA", "no base64!"])
def test_a_signature_that_is_none(tmp_path: Path, signature: str) -> None:
    out = make_build(tmp_path / "out")
    signed = sign(out, role="初审", name="张三", at=START, signer=open_signer(key_file(tmp_path / "key")))
    assert signed.value is not None
    put(out, [lines(out)[0].replace(signed.value.signature.encode(), signature.encode())])
    assert codes(read_ledger(out).diagnostics) == ["entry-forged"]


def test_keys_that_cannot_be_used(tmp_path: Path) -> None:
    locked = key_file(tmp_path / "locked", passphrase="open sesame")
    assert open_signer(locked, b"open sesame").public
    (tmp_path / "none").write_text("no key")
    faults = []
    for path, passphrase in [
        (locked, None),
        (locked, b"wrong"),
        (key_file(tmp_path / "curve", kind="ec"), None),
        (tmp_path / "none", None),
    ]:
        with pytest.raises(SignatureError) as fault:
            open_signer(path, passphrase)
        faults.append(fault.value.diagnostic.code)
    assert faults == ["key-locked", "key-broken", "key-broken", "key-broken"]


@pytest.mark.tools("ssh-keygen")
def test_keys_of_ssh_keygen(tmp_path: Path) -> None:
    pytest.importorskip("cryptography")
    command = ["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", "a comment", "-f", str(tmp_path / "key")]
    subprocess.run(command, check=True, timeout=20)
    signer = open_signer(tmp_path / "key")
    assert (tmp_path / "key.pub").read_text().startswith(signer.public)
    locked = ["ssh-keygen", "-q", "-p", "-a", "1", "-P", "", "-N", "open sesame", "-f", str(tmp_path / "key")]
    subprocess.run(locked, check=True, timeout=20)
    with pytest.raises(SignatureError) as fault:
        open_signer(tmp_path / "key")
    assert fault.value.diagnostic.code == "key-locked"
    pytest.importorskip("bcrypt")
    assert open_signer(tmp_path / "key", b"open sesame").public == signer.public


def test_signing_twice_for_one_stage_keeps_both(tmp_path: Path) -> None:
    out = sign_all(make_build(tmp_path))
    assert sign(out, role="终审", name="孙七", at=START).value is not None
    assert len(lines(out)) == 4
