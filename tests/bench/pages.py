"""An issue of N varied pages made from issue.yaml: other copy, other order, other bytes in every photograph."""

import shutil
import sys
from pathlib import Path

import yaml

ROOT = Path(__file__).parents[2]
STEP = 40
"""One Han character in this many is replaced by its neighbour in the code table, so no two pages share their copy."""


def varied(text: str, page: int) -> str:
    """The text with a few characters changed, differently for each page."""
    changed = list(text)
    for index, char in enumerate(changed):
        if "\u4e00" <= char <= "\u9f00" and (index + page) % STEP == 0:
            changed[index] = chr(ord(char) + 1 + page % 7)
    return "".join(changed)


def rotated_sections(text: str, page: int) -> str:
    """The story's sections in another order."""
    sections = [f"## {part.strip()}" for part in text.split("## ") if part.strip()]
    turn = page % len(sections)
    return "\n\n".join(sections[turn:] + sections[:turn]) + "\n"


def write_issue(pages: int, folder: Path) -> Path:
    """Write the issue and its photographs to ``folder``; returns the issue file."""
    source = yaml.safe_load((ROOT / "issue.yaml").read_text(encoding="utf-8"))
    page = source["pages"][0]
    story = page["stories"][0]
    made = []
    for number in range(1, pages + 1):
        photos = [
            {**photo, "file": _copy_photo(photo["file"], number, folder), "caption": varied(photo["caption"], number)}
            for photo in story["photos"]
        ]
        text = varied(rotated_sections(story["text"], number), number)
        made.append({**page, "number": number, "stories": [{**story, "text": text, "photos": photos}]})
    issue = folder / "issue.yaml"
    issue.write_text(yaml.safe_dump({**source, "pages": made}, allow_unicode=True, sort_keys=False), encoding="utf-8")
    return issue


def _copy_photo(name: str, number: int, folder: Path) -> str:
    """A photograph of its own for each page: the same picture, told apart by a comment segment."""
    source = ROOT / name
    target = folder / "photos" / f"{number:02d}-{source.name}"
    target.parent.mkdir(parents=True, exist_ok=True)
    data = source.read_bytes()
    comment = f"page {number}".encode()
    target.write_bytes(data[:2] + b"\xff\xfe" + (len(comment) + 2).to_bytes(2, "big") + comment + data[2:])
    return str(target.relative_to(folder))


if __name__ == "__main__":
    shutil.rmtree(sys.argv[2], ignore_errors=True)
    Path(sys.argv[2]).mkdir(parents=True)
    print(write_issue(int(sys.argv[1]), Path(sys.argv[2])))
