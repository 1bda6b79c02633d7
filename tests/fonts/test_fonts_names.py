"""What the shipped faces say of themselves."""

import pytest

from layout.fonts import open_face
from layout.fonts.names import names_of
from layout.resources import FONTS


@pytest.mark.parametrize("path", sorted(FONTS.glob("*.ttf")), ids=lambda path: path.stem)
def test_every_shipped_face_names_its_family_and_its_open_licence(path) -> None:
    names = names_of(open_face(path))
    assert names.family
    assert "Version" in names.version
    assert "Open Font License" in names.licence or "OFL" in names.licence
