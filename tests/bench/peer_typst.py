"""The Typst program that sets the same issue: ``peer_typst.py ISSUE.yaml OUT.pdf`` (needs the extra ``bench``).

What a competent user writes with Typst's own means: six columns, the same faces and sizes, a row of three photographs
under the head, the others in the columns.
"""

import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]

PREAMBLE = """
#set page(width: 390mm, height: 550mm, margin: (x: 18.8mm, top: 34mm, bottom: 29mm), columns: 6)
#set columns(gutter: 16.2pt)
#set text(font: "Noto Serif SC", size: 9pt, lang: "zh", region: "cn", fill: cmyk(0%, 0%, 0%, 100%))
#set par(justify: true, first-line-indent: (amount: 2em, all: true), leading: 3pt, spacing: 3pt)
#let photo(path, caption) = figure(image(path, width: 100%), caption: text(font: "LXGW WenKai", size: 8.5pt, caption),
  supplement: none, numbering: none)
#let section(body) = block(width: 100%, align(center, text(font: "Noto Sans SC", weight: "bold", size: 14pt,
  fill: cmyk(0%, 100%, 100%, 0%), body)))
"""


def program(issue: dict, folder: Path) -> str:
    """The Typst source of a whole issue."""
    return PREAMBLE + "#pagebreak()\n".join(_page(page["stories"][0], folder) for page in issue["pages"])


def _page(story: dict, folder: Path) -> str:
    photos = [f'photo("/{(folder / p["file"]).resolve().relative_to("/")}", "{p["caption"]}")' for p in story["photos"]]
    head = (
        '#place(top + center, scope: "parent", float: true, [\n'
        f'#text(font: "Noto Serif SC", weight: "black", size: 62pt)[{story["headline"]}]\n\n'
        f'#text(font: "LXGW WenKai", size: 30pt)[{story["deck"]}]\n\n{story["byline"]}\n\n'
        f"#grid(columns: 3, gutter: 16pt, {', '.join(photos[:3])})])\n"
    )
    return head + "\n\n".join(_paragraphs(story["text"], photos[3:])) + f"\n\n{story['credit']}\n"


def _paragraphs(text: str, photos: list[str]):
    for paragraph in text.split("\n\n"):
        if paragraph.startswith("## "):
            yield f"#section[{paragraph[3:]}]"
            if photos:
                yield f"#{photos.pop(0)}"
        elif paragraph.strip():
            yield paragraph.strip()


if __name__ == "__main__":
    import typst
    import yaml

    issue_path = Path(sys.argv[1])
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    issue = yaml.load(issue_path.read_text(encoding="utf-8"), Loader=loader)
    source = program(issue, issue_path.parent)
    Path(sys.argv[2]).write_bytes(
        typst.compile(source.encode(), root="/", font_paths=[str(ROOT / "fonts")], ignore_system_fonts=True)
    )
