from hypothesis import given
from hypothesis import strategies as st

from layout.proof.words import changes

COPY = st.text(alphabet="天地人和。，！a 1", max_size=60)


def told(old, new):
    return [(change.before, change.after) for change in changes(old, new)]


def test_one_character_of_a_long_copy():
    old = "理论之光照亮前进道路。" * 400
    at = old.index("光", 2000)
    (change,) = changes(old, old[:at] + "灯" + old[at + 1 :])
    assert (change.before, change.after) == ("光", "灯")
    assert (change.left, change.right) == ("前进道路。理论之", "照亮前进道路。理")


def test_what_is_put_in_and_taken_out():
    assert told("一年来，全区政协", "一年来全区的政协") == [("，", ""), ("", "的")]


def test_neighbouring_changes_are_one():
    assert told("前进道路。", "前进大道。") == [("道路", "大道")]


def test_a_sentence_moved_in():
    assert told("甲。乙。", "甲。丙丁。乙。") == [("", "丙丁。")]


@given(COPY)
def test_nothing_changed(copy):
    assert changes(copy, copy) == ()


@given(COPY, COPY)
def test_the_changes_account_for_the_difference(old, new):
    found = changes(old, new)
    assert sum(len(change.after) - len(change.before) for change in found) == len(new) - len(old)
    assert all(change.before in old and change.left + change.after + change.right in new for change in found)
    assert all(change.before != change.after for change in found)
    assert bool(found) == (old != new)
