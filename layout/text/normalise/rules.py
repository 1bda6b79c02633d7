"""The table of rules and the two ways to run it: for the text, or for a record of what each rule changed."""

from collections.abc import Callable, Iterator, Sequence
from itertools import chain, groupby, repeat
from typing import Final

from msgspec import Struct

from layout.text.normalise import characters, dashes, figures, quotes, spaces, spread, stacks
from layout.text.normalise.aside import Ranges, set_aside
from layout.text.normalise.shield import shielded
from layout.text.normalise.words import BLANKS

ROLES: Final = ("body", "headline", "kicker", "deck", "subhead", "byline", "caption", "credit", "table")
"""The kinds of copy that rule N-12 tells apart."""


class Rule(Struct, frozen=True):
    """One step: the id of the rule, what it does in a few words, and the function from paragraph to paragraph.

    ``signs`` are the characters without any of which a clean paragraph has nothing for the rule to change; empty where
    that cannot be told. ``code_of`` tells the rule by the mark that was changed, where one step serves several rules.
    """

    code: str
    summary: str
    apply: Callable[[str], str]
    signs: str = ""
    code_of: Callable[[str], str] | None = None


class Edit(Struct, frozen=True):
    """One change: ``before`` at ``offset`` of the paragraph as typed became ``after`` by rule ``code``."""

    offset: int
    before: str
    after: str
    code: str
    summary: str


CLEAN: Final = Rule("N-1", "characters that print nothing, spaces at the ends", characters.clean)
NARROW: Final = Rule("N-10", "letters and digits in ASCII", characters.narrow, characters.FULL_WIDTH)

WITHOUT_HAN: Final = (CLEAN, NARROW, Rule("N-2", "runs of spaces", characters.collapse))
"""What a paragraph without Han goes through: it is left alone but for these (rule N-2)."""

RULES: Final = (
    CLEAN,
    NARROW,
    Rule("N-11", "one word space", characters.collapse_word_spaces, " "),
    Rule("N-6", "quotation marks", quotes.curl, quotes.SIGNS),
    Rule("N-9", "title marks", shielded(figures.titles), "<>《"),
    Rule("N-7", "ellipsis", shielded(dashes.ellipses), ".。…⋯・·･"),
    Rule("N-7", "dash", shielded(dashes.dashes), "-－—―─⸺"),
    Rule("N-10", "range", shielded(figures.ranges), "~-–－−"),
    Rule("N-4", "Chinese stops and brackets", shielded(spread.widen), spread.SIGNS, spread.rule_of),
    Rule("N-4", "at most three stacked marks", stacks.limit, "？！"),
    Rule("N-9", "interpunct", shielded(figures.interpuncts), "•・･‧∙⋅．·"),
    Rule("N-9", "〇 in Han numerals", shielded(figures.zeros), "○◯O"),
    Rule("N-10", "minus sign", shielded(figures.minus), "-－"),
    Rule("N-10", "times sign", shielded(figures.times), "x*"),
    Rule("N-10", "unit sign", shielded(figures.signs), "°￥"),
)
"""What every paragraph with Han goes through, in this order, before its spaces are settled."""

_SET_SOLID: Final = Rule("N-11", "spaces", shielded(spaces.running_text), BLANKS)
_CLAUSES: Final = Rule("N-12", "spaces of a headline", shielded(spaces.clauses), BLANKS)

SPACING: Final = {
    "body": Rule("N-11", "spaces", shielded(spaces.body), BLANKS),
    "headline": _CLAUSES,
    "kicker": _CLAUSES,
    "deck": _CLAUSES,
    "subhead": _CLAUSES,
    "byline": Rule("B-1", "spaces of a byline", shielded(spaces.byline)),
    "caption": _SET_SOLID,
    "credit": _SET_SOLID,
    "table": _SET_SOLID,
}
"""The last step by role (rule N-12)."""


AS_TYPED: Final = "as-typed"
"""The role of copy that an editor wants as typed: nothing but N-1 is done to it."""


def normalise(text: str, role: str = "body", kept: Ranges = ()) -> str:
    """One paragraph of copy as typed or scraped, in press orthography; an empty one stays empty.

    ``role`` is one of ``ROLES`` or ``AS_TYPED``; another raises KeyError. What ``kept`` holds stays as typed. The
    result is a fixed point: normalised again it does not change (rule N-0), because the table is run until it changes
    nothing. It ends: each step only turns marks into forms that no step turns back.
    """
    if kept:
        return traced(text, role, kept)[0]
    for _, changed in _steps(text, role):
        text = changed
    return text


def traced(text: str, role: str = "body", kept: Ranges = ()) -> tuple[str, tuple[int, ...]]:
    """``normalise``, and for each character of the result, and for its end, the offset in ``text`` where it was typed.

    The offsets never fall. What replaces several characters stands where the first of them stood.
    """
    aside = set_aside(text, kept, byline=role == "byline")
    text, origin = aside.reduced, list(range(len(aside.reduced) + 1))
    for rule, changed in _steps(text, role):
        origin = _note([], rule, text, changed, origin)
        text = changed
    text, origin = aside.put_back(text, origin)
    return text, tuple(origin)


def _rules_for(text: str, role: str) -> tuple[Rule, ...]:
    if role == AS_TYPED:
        return (CLEAN,)
    spacing = SPACING[role]
    return (*RULES, spacing) if characters.has_han(text) else WITHOUT_HAN


def edits(text: str, role: str = "body", kept: Ranges = ()) -> tuple[Edit, ...]:
    """What ``normalise`` changes in ``text``, each change with its rule, by offset."""
    record: list[Edit] = []
    aside = set_aside(text, kept, byline=role == "byline")
    text, origin = aside.reduced, aside.offsets
    for rule, changed in _steps(text, role):
        origin = _note(record, rule, text, changed, origin)
        text = changed
    return tuple(sorted(record, key=lambda edit: edit.offset))


_ROUNDS: Final = 64
"""More than any copy needs: two rules that undid each other would leave a paragraph half done, not a desk waiting."""


def _steps(text: str, role: str) -> Iterator[tuple[Rule, str]]:
    """Every rule that changes the paragraph, with the paragraph after it, until a whole round changes nothing."""
    rules = _rules_for(text, role)
    signs, idle = frozenset(text), 0
    for rule in chain.from_iterable(repeat(rules, _ROUNDS)):
        changed = text if rule.signs and signs.isdisjoint(rule.signs) else rule.apply(text)
        if changed == text:
            idle += 1
        else:
            yield rule, changed
            text, signs, idle = changed, frozenset(changed), 0
        if idle == len(rules):
            return


def _parts(text: str, changed: str) -> Iterator[tuple[bool, int, int, int, int]]:
    """Stretches of two states side by side: whether they are the same, then their ranges in both."""
    if len(text) == len(changed):
        exchanged = [at for at in range(len(text)) if text[at] != changed[at]]
        if not any(text[at].isalnum() or changed[at].isalnum() for at in exchanged):
            yield from _in_place(exchanged, len(text))
            return
    from difflib import SequenceMatcher

    for kind, start, end, new_start, new_end in SequenceMatcher(None, text, changed, autojunk=False).get_opcodes():
        yield kind == "equal", start, end, new_start, new_end


def _in_place(exchanged: Sequence[int], length: int) -> Iterator[tuple[bool, int, int, int, int]]:
    """``_parts`` where only marks were exchanged, one for one: no letter, digit or Han has moved."""
    done = 0
    for _, run in groupby(enumerate(exchanged), key=lambda nth: nth[1] - nth[0]):
        places = [at for _, at in run]
        start, end = places[0], places[-1] + 1
        if done < start:
            yield True, done, start, done, start
        yield False, start, end, start, end
        done = end
    if done < length:
        yield True, done, length, done, length


def _note(record: list[Edit], rule: Rule, text: str, changed: str, origin: list[int]) -> list[int]:
    """Add the differences between two states to ``record``; return the offsets as typed of the new state."""
    moved: list[int] = []
    for same, start, end, new_start, new_end in _parts(text, changed):
        if same:
            moved += origin[start:end]
            continue
        before, after = text[start:end], changed[new_start:new_end]
        code = rule.code_of(before[0]) if rule.code_of and before else rule.code
        record.append(Edit(origin[start], before, after, code, rule.summary))
        moved += [origin[start]] * (new_end - new_start)
    return [*moved, origin[-1]]
