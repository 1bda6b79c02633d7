"""A watched issue shows what was edited first, and judges the press file after that."""

from pathlib import Path

import pytest
from preflight_samples import good_page, photograph

from layout.pipeline.watch import Watch
from layout.proof import Site


class Watched:
    """An issue of one page, watched; ``shown`` tells of each proof whether the page was judged in it."""

    def __init__(self, folder: Path) -> None:
        (folder / "photo.png").write_bytes(photograph())
        self.issue = folder / "issue.yaml"
        self.site = Site(folder / "out/proof")
        self.shown: list[bool] = []
        self.watch = Watch(self.issue, self.site, self._changed)

    def write(self, text: str) -> None:
        """Change the issue, and have it proofed anew."""
        self.issue.write_text(text, encoding="utf-8")
        self.watch.renew()

    def _changed(self) -> None:
        last = self.site.last()
        assert last is not None
        self.shown.append(last["pages"][0]["judged"])


@pytest.fixture
def watched(tmp_path: Path) -> Watched:
    return Watched(tmp_path)


def test_a_page_is_shown_before_it_is_judged(watched: Watched) -> None:
    watched.watch.begin()
    watched.write(good_page())
    assert watched.shown == [False]
    assert watched.watch.judge() == ()
    assert watched.shown == [False, True]
    watched.watch.judge()
    assert watched.shown == [False, True], "what is judged is not judged again"


def test_a_page_is_made_anew_for_the_terms_of_the_issue(watched: Watched) -> None:
    """They stand above the page and decide where its headline may break."""
    watched.watch.begin()
    watched.write(f"terms: []{good_page()}")
    watched.watch.judge()
    watched.write(f"terms: [新绿]{good_page()}")
    assert watched.shown == [False, True, False], "a page that is made anew is not judged yet"
