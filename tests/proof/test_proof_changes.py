from layout.core import Rect
from layout.proof.changes import PhotoState, StoryState, story_changes

FRAME = Rect(10, 10, 100, 50)
WHOLE = Rect(0, 0, 1, 1)


def photo(name="a.jpg", digest="a", rect=FRAME, crop=WHOLE):
    return PhotoState(name, digest, rect, crop)


def story(slug="s", *, rect=FRAME, text="正文", photos=()):
    return StoryState(slug, rect, {"body": text}, tuple(photos))


def test_the_same():
    assert story_changes([story(photos=[photo()])], [story(photos=[photo()])]) == ()


def test_copy_names_story_and_role():
    (found,) = story_changes([story("one"), story("two", text="天地人")], [story("one"), story("two", text="天地仁")])
    assert (found.slug, found.kind, found.moved, found.photos) == ("two", "changed", None, ())
    (text,) = found.texts
    assert text.role == "body"
    assert [(change.before, change.after) for change in text.changes] == [("人", "仁")]


def test_stories_come_and_go():
    found = story_changes([story("old"), story("stays")], [story("stays"), story("new")])
    assert [(each.slug, each.kind) for each in found] == [("new", "added"), ("old", "removed")]


def test_a_frame_moves():
    (found,) = story_changes([story()], [story(rect=Rect(10, 23, 100, 50))])
    assert found.moved == (FRAME, Rect(10, 23, 100, 50))
    assert story_changes([story()], [story(rect=Rect(10.01, 10, 100, 50))]) == ()


def kinds(old, new):
    found = story_changes([story(photos=old)], [story(photos=new)])
    return [(each.kind, each.old and each.old.name, each.new and each.new.name) for each in found[0].photos]


def test_photographs():
    other = photo("b.jpg", "b")
    assert kinds([photo()], [other]) == [("replaced", "a.jpg", "b.jpg")]
    assert kinds([photo()], [photo(), other]) == [("added", None, "b.jpg")]
    assert kinds([photo(), other], [other]) == [("removed", "a.jpg", None)]
    assert kinds([photo()], [photo(crop=Rect(0, 0, 0.5, 1))]) == [("cropped", "a.jpg", "a.jpg")]
    assert kinds([photo()], [photo(rect=Rect(0, 0, 9, 9))]) == [("moved", "a.jpg", "a.jpg")]


def test_a_renamed_photograph_is_the_same():
    assert story_changes([story(photos=[photo("a.jpg")])], [story(photos=[photo("z.jpg")])]) == ()
