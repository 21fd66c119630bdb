"""Rules about the child's ethnicity and disabilities, and that there is an episode at all."""

from collections.abc import Iterator

from sightline.returns.cin.parts import Child, Field
from sightline.returns.cin.reader import Census
from sightline.returns.cin.rules.register import Place, child_rule, repeated, wrong_code


@child_rule(
    "4220",
    "The ethnicity is missing or is not one of the year's codes.",
    "Give one of the year's codes; NOBT where it has not yet been asked, REFU where refused.",
)
def no_ethnicity(child: Child, census: Census) -> Iterator[Place]:
    ethnicity = child.characteristics.ethnicity
    if ethnicity.raw not in census.year.ethnicities:
        yield ethnicity


@child_rule(
    "8540",
    "Whether the child has a disability is not said, or is said in a code that is not known.",
    "Give each disability's code, or NONE.",
)
def no_disability(child: Child, census: Census) -> Iterator[Place]:
    given = child.characteristics.disabilities
    yield from (each for each in given if wrong_code(each, census.year.disabilities))
    further = any(e.no_further_action.value is False for e in child.episodes)
    said = any(each.given for each in given)
    if not said and further and child.identifiers.birth_date.value:
        yield Field("Disability", child.characteristics.line)


@child_rule(
    "8590",
    "The child has no episode.",
    "Give the referral and what followed it, or leave the child out.",
)
def no_episode(child: Child, census: Census) -> Iterator[Place]:
    if not child.episodes:
        yield child.here


@child_rule(
    "8790",
    "The child is said to have no disability and also has one.",
    "Take NONE out, or the other codes.",
)
def none_and_some(child: Child, census: Census) -> Iterator[Place]:
    codes = {each.raw for each in child.characteristics.disabilities if each.given}
    if "NONE" in codes and len(codes) > 1:
        yield next(d for d in child.characteristics.disabilities if d.raw == "NONE")


@child_rule(
    "8794",
    "The same disability is given twice.",
    "Give each code once.",
)
def same_disability(child: Child, census: Census) -> Iterator[Place]:
    yield from repeated(child.characteristics.disabilities)
