"""The output intent: the press condition for which the inks are meant."""

from collections.abc import Iterator
from typing import Final

from layout.preflight.checks.case import X1A, X4, Case, Found

_REGISTRY: Final = "http://www.color.org"
_COMPONENTS: Final = {"GRAY": 1, "RGB": 3, "CMYK": 4}
_VERSIONS: Final = {X4: {2, 4}, X1A: {2}}


def count(case: Case) -> Iterator[Found]:
    """Inks are numbers for one press: exactly one PDF/X output intent says for which."""
    found = sum(one.subtype == "GTS_PDFX" for one in case.facts.document.intents)
    if found != 1:
        yield Found(f"the file has {found or 'no'} output intent{'s' if found > 1 else ''} for PDF/X; it needs one")


def condition(case: Case) -> Iterator[Found]:
    """The condition's identifier is what the plant compares with its press."""
    intent = case.press_intent
    if intent and not intent.condition:
        yield Found("the output intent names no condition (OutputConditionIdentifier)")


def profile_missing(case: Case) -> Iterator[Found]:
    """Without a profile nobody can proof the page: PDF/X-4 embeds it, PDF/X-1a may name a registered condition."""
    intent = case.press_intent
    if intent and intent.profile is None and (case.standard.name == X4 or intent.registry.rstrip("/") != _REGISTRY):
        yield Found("the output intent has no profile (DestOutputProfile)")


def information(case: Case) -> Iterator[Found]:
    """A condition that is in no registry must be described in words, or nobody knows what it is."""
    intent = case.press_intent
    if intent and intent.condition and not intent.registry and not intent.info:
        yield Found(f"the condition {intent.condition} is in no registry, and Info does not describe it")


def profile_broken(case: Case) -> Iterator[Found]:
    """A profile that is cut off or no ICC profile at all cannot be used, however the file is printed."""
    intent = case.press_intent
    if intent and intent.profile and not intent.profile.intact:
        yield Found("the profile of the output intent is no whole ICC profile")


def profile_kind(case: Case) -> Iterator[Found]:
    """The intent's profile describes a printing press (class prtr), in the ICC version that the level knows."""
    intent = case.press_intent
    if intent is None or intent.profile is None or not intent.profile.intact:
        return
    profile = intent.profile
    if profile.kind != "prtr":
        yield Found(f"the profile of the output intent is of class {profile.kind}, not of a press (prtr)")
    if profile.version not in _VERSIONS[case.standard.name]:
        yield Found(f"the profile of the output intent is ICC version {profile.version}")


def profile_space(case: Case) -> Iterator[Found]:
    """A press prints CMYK; a profile for another space belongs to another file."""
    if case.press_space not in {"CMYK", "GRAY"}:
        yield Found(f"the profile of the output intent is for {case.press_space}")


def profile_components(case: Case) -> Iterator[Found]:
    """/N tells a RIP how many channels the profile has before it reads it; a wrong one stops it."""
    intent = case.press_intent
    if intent and intent.profile and intent.profile.intact:
        profile = intent.profile
        if profile.components != _COMPONENTS.get(profile.space, profile.components):
            yield Found(f"/N of the profile is {profile.components}, the profile is for {profile.space}")


def differing(case: Case) -> Iterator[Found]:
    """Output intents for other standards must share the very same profile: one file is for one press."""
    for intent in case.facts.document.intents:
        if intent.subtype != "GTS_PDFX" and not intent.same_profile:
            yield Found(f"the output intent {intent.subtype} has a profile of its own")
