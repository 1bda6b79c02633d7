"""Total ink: what the paper can take and the dryer can dry."""

from collections.abc import Iterator

from layout.preflight.checks.case import Case, Found


def limit(case: Case) -> Iterator[Found]:
    """Above its limit the paper takes no more ink: it sets off on the next sheet, and the web may break."""
    for one in case.facts.coverage:
        if one.peak > case.limits.ink_pixel + 0.005 and one.above > case.limits.ink_share:
            share = f"{one.above * 100:.2g} % of the page above {case.limits.ink_pixel:.0%}".replace("%%", "%")
            yield Found(f"up to {_percent(one.peak)} ink, {share} ({one.method})", one.page, one.peak_place)


def high(case: Case) -> Iterator[Found]:
    """Ink near the limit dries slowly."""
    for one in case.facts.coverage:
        if case.limits.ink_high < one.peak and not (
            one.peak > case.limits.ink_pixel and one.above > case.limits.ink_share
        ):
            yield Found(f"up to {_percent(one.peak)} ink ({one.method})", one.page, one.peak_place)


def square(case: Case) -> Iterator[Found]:
    """A large area of heavy ink sets off and strikes through, even where no single dot is above the limit."""
    for one in case.facts.coverage:
        if one.square > case.limits.ink_square:
            yield Found(
                f"a mean of {_percent(one.square)} ink in 15 x 15 mm ({one.method})", one.page, one.square_place
            )


def _percent(share: float) -> str:
    return f"{share * 100:.0f} %"
