"""Stories, pages and setters for the tests of page make-up."""

from pathlib import Path

from layout.compose import Setter
from layout.core import Span
from layout.fonts import Book
from layout.house import load_house
from layout.images import ImageFacts
from layout.issue.model import Area, Passage, Photo, Story
from layout.text import Measures

HERE = Span("issue.yaml", 1, 1)
SENTENCE = "大武口区政协坚持履职重点紧跟发展步伐，协商主题紧扣党中央积极开展协商议政，严格执行“不学习就不调研”规则。"


def setter(overrides: dict | None = None) -> Setter:
    checked = load_house("broadsheet", overrides=((overrides, HERE),) if overrides else ())
    assert checked.value is not None, checked.diagnostics
    return Setter(checked.value, Measures(Book(checked.value.faces)))


def passage(text: str, role: str = "body", line: int = 10) -> Passage:
    return Passage(role, text, Span("issue.yaml", line, 11))


def copy(paragraphs: int, sentences: int = 3) -> tuple[Passage, ...]:
    return tuple(passage(SENTENCE * (sentences + n % 3), line=10 + n) for n in range(paragraphs))


def photo(name: str = "a.jpg", **settings: object) -> Photo:
    settings.setdefault("caption", passage("5月6日，区政协开展视察活动。", "caption"))
    return Photo(Path(name), HERE, **settings)


def facts(*names: str, size: tuple[int, int] = (1800, 1200)) -> dict[str, ImageFacts]:
    return {name: ImageFacts(Path(name), *size, "RGB", 8, False, 1, "0" * 64) for name in names}


def story(**settings: object) -> Story:
    settings.setdefault("area", Area(1, 6, 1, 40))
    return Story("a", HERE, **settings)
