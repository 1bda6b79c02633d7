from layout.core import Insets, Rect


def test_touching_rectangles_do_not_overlap() -> None:
    assert not Rect(0, 0, 10, 10).overlaps(Rect(10, 0, 10, 10))
    assert Rect(0, 0, 10, 10).overlaps(Rect(9.9, 9.9, 10, 10))


def test_a_rectangle_contains_itself_and_its_inset() -> None:
    rect = Rect(5, 5, 20, 10)
    assert rect.contains(rect)
    assert rect.contains(rect.inset(Insets(1, 2, 3, 4)))
    assert not rect.contains(rect.outset(0.1))
    assert rect.outset(2) == Rect(3, 3, 24, 14)
