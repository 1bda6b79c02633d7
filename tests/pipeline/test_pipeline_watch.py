"""A watched issue shows what was edited first, and judges the press file after that."""

from pathlib import Path

from preflight_samples import good_page, photograph

from layout.pipeline.watch import Watch
from layout.proof import Site


def test_a_page_is_shown_before_it_is_judged(tmp_path: Path) -> None:
    (tmp_path / "photo.png").write_bytes(photograph())
    (tmp_path / "issue.yaml").write_text(good_page(), encoding="utf-8")
    site = Site(tmp_path / "out/proof")
    shown: list[bool] = []

    def changed() -> None:
        last = site.last()
        assert last is not None
        shown.append(last["pages"][0]["judged"])

    watch = Watch(tmp_path / "issue.yaml", site, changed)
    watch.begin()
    watch.renew()
    assert shown == [False]
    assert watch.judge() == ()
    assert shown == [False, True]
    watch.judge()
    assert shown == [False, True], "what is judged is not judged again"


def test_a_page_is_made_anew_for_the_terms_of_the_issue(tmp_path: Path) -> None:
    """They stand above the page and decide where its headline may break."""
    issue = tmp_path / "issue.yaml"
    (tmp_path / "photo.png").write_bytes(photograph())
    issue.write_text(f"terms: []{good_page()}", encoding="utf-8")
    site = Site(tmp_path / "out/proof")
    judged: list[bool] = []

    def changed() -> None:
        last = site.last()
        assert last is not None
        judged.append(last["pages"][0]["judged"])

    watch = Watch(issue, site, changed)
    watch.begin()
    watch.renew()
    watch.judge()
    issue.write_text(f"terms: [新绿]{good_page()}", encoding="utf-8")
    watch.renew()
    assert judged == [False, True, False], "a page that is made anew is not judged yet"
