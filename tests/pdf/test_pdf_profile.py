"""The press profiles in their deflated form."""

import zlib
from pathlib import Path

import pytest
from msgspec.structs import replace
from pdf_samples import PRESS, document_of, opened, page_of, set_run, written

from layout import resources


@pytest.mark.parametrize("profile", sorted(resources.PRESS.glob("*.icc")), ids=lambda path: path.name)
def test_every_profile_travels_deflated(profile: Path) -> None:
    assert zlib.decompress(profile.with_name(profile.name + ".z").read_bytes()) == profile.read_bytes()


def embedded(profile: Path) -> tuple[bytes, bytes]:
    """The profile in a file, deflated and inflated."""
    data = written(document_of(page_of(set_run("报"))), press=replace(PRESS, profile=profile))
    with opened(data) as pdf:
        stream = pdf.Root.OutputIntents[0].DestOutputProfile
        return stream.read_raw_bytes(), stream.read_bytes()


def test_the_deflated_form_goes_into_the_file_as_it_is() -> None:
    deflated = PRESS.profile.with_name(PRESS.profile.name + ".z").read_bytes()
    assert embedded(PRESS.profile) == (deflated, PRESS.profile.read_bytes())


def test_what_is_not_the_profile_deflated_is_left_alone(tmp_path: Path) -> None:
    own = tmp_path / "own.icc"
    own.write_bytes(PRESS.profile.read_bytes())
    assert embedded(own)[1] == own.read_bytes()
    own.with_name("own.icc.z").write_bytes(zlib.compress(b"another"))
    assert embedded(own)[1] == own.read_bytes()
