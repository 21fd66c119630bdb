"""Families who are played by operations with several of each: the record that a census is written from.

Nothing of them came in by a file. Their disabilities are of eight kinds, since rule 2887Q looks for that; and eight
have none, since the validator that others keep counts those instead.
"""

from collections.abc import Callable
from datetime import date

from sightline.kernel.references import upn_check_letter
from tests.returns.played import Played

NO_CHILD_ID = "Rafe Sorley"
"""Nobody gave him a child id, so that the file's own stands for him."""


def upn(number: int, authority: str = "820") -> str:
    """A pupil number whose letter checks, of an authority that is no more and a school that never was."""
    rest = f"{authority}0{number:08d}"
    return upn_check_letter(rest) + rest


def play() -> Played:
    """Every family, one after the other."""
    played = Played()
    for family in FAMILIES:
        family(played)
    return played


def _day(month: int, day: int) -> date:
    return date(2026, month, day)


def _thrice_referred(played: Played) -> None:
    """Bea: no further action, then two assessments and a plan, then again; the last of her referrals is open."""
    bea = "Bea Carrow"
    played.child(bea, date(2014, 5, 6), "F", "F001")
    played.refer([bea], _day(4, 7), need="N8", further=False)
    played.refer([bea], _day(4, 20), need="N5")
    played.known(bea, _day(4, 20), ethnicity="WBRI", disabilities=("MOB", "HAND"), upn=upn(1))
    played.assess({bea: ["2B", "4B"]}, _day(4, 21), _day(5, 19), "plan_goes_on")
    played.assess({bea: ["7A"]}, _day(5, 26), _day(6, 16), "child_in_need_plan")
    first = played.plan([bea], _day(6, 18))
    played.end_plan(first, bea, _day(7, 14))
    played.plan([bea], _day(7, 21))
    played.close([bea], _day(8, 18))
    played.refer([bea], _day(9, 15), need="N1")
    played.assess({bea: ["16A"]}, _day(9, 16), _day(10, 13), "child_in_need_plan")
    played.plan([bea], _day(10, 15))


def _enquired_twice(played: Played) -> None:
    """Tam and Isk: an enquiry that found no continuing risk for one of them, then another with a conference."""
    tam, isk = "Tam Ferrow", "Isk Ferrow"
    played.child(tam, date(2012, 2, 3), "M", "F002")
    played.child(isk, date(2022, 12, 1), "F", "F003")
    played.refer([tam, isk], _day(4, 8), need="N1")
    played.known(tam, _day(4, 8), ethnicity="MWBC", disabilities=("PC", "INC"), upn=upn(2))
    played.known(isk, _day(4, 8), ethnicity="MWBC", disabilities=("NONE",), upn_unknown="UN1")
    played.assess({tam: ["3A", "3B"], isk: ["3B"]}, _day(4, 9), _day(5, 12), "plan_goes_on")
    played.enquire({tam: "not_substantiated", isk: "no_continuing_risk"}, _day(4, 15), _day(4, 22))
    played.plan([tam, isk], _day(5, 14))
    played.enquire({tam: "continuing_risk"}, _day(6, 3), _day(6, 10))
    played.confer({tam: "plan:PHY"}, _day(6, 18))
    played.confer({tam: "goes_on:EMO"}, _day(9, 10), "review")


def _planned_again(played: Played) -> None:
    """Odo: a protection plan that ended, a child in need plan after it, and a second under another category."""
    odo = "Odo Marsh"
    played.child(odo, date(2016, 9, 9), "M", "F004")
    played.refer([odo], _day(4, 2))
    played.known(odo, _day(4, 2), ethnicity="WIRI", disabilities=("COMM", "LD"), upn=upn(3))
    played.assess({odo: ["16A", "1B"]}, _day(4, 3), _day(5, 6), "plan_goes_on")
    played.enquire({odo: "continuing_risk"}, _day(4, 7), _day(4, 14))
    played.confer({odo: "plan:NEG"}, _day(4, 23))
    played.confer({odo: "goes_on"}, _day(6, 23), "review")
    played.confer({odo: "ends"}, _day(8, 6), "review")
    played.plan([odo], _day(8, 10))
    played.enquire({odo: "continuing_risk"}, _day(9, 2), _day(9, 9))
    played.confer({odo: "plan:SAB"}, _day(9, 17))
    played.confer({odo: "goes_on:PHY"}, _day(11, 5), "review")


def _born(played: Played) -> None:
    """Wren, who was on a plan before birth."""
    wren = "Wren Halloway"
    played.unborn(wren, _day(7, 6), "F005")
    played.refer([wren], _day(4, 14), need="N3")
    played.known(wren, _day(4, 14), ethnicity="NOBT", disabilities=("NONE",), upn_unknown="UN1")
    played.assess({wren: ["4B"]}, _day(4, 15), _day(5, 20), "plan_goes_on")
    played.confer({wren: "plan:NEG"}, _day(6, 9))  # no enquiry: this authority opens none before a birth
    played.born(wren, _day(7, 2), "F")
    played.confer({wren: "goes_on"}, _day(9, 3), "review")


def _died(played: Played) -> None:
    """Hal, who died while on a plan."""
    hal = "Hal Quill"
    played.child(hal, date(2010, 1, 2), "M", "F006")
    played.refer([hal], _day(4, 16), need="N2")
    played.known(hal, _day(4, 16), ethnicity="BAFR", disabilities=("HEAR", "VIS"), upn=upn(4))
    played.assess({hal: ["6A"]}, _day(4, 17), _day(5, 21), "plan_goes_on")
    played.enquire({hal: "continuing_risk"}, _day(5, 27), _day(6, 3))
    plan = played.confer({hal: "plan:NEG"}, _day(6, 11))[hal]
    played.died(hal, _day(7, 8))
    played.end_by_death(plan, hal, _day(7, 9))
    played.close([hal], _day(7, 10), "died")


def _renamed(played: Played) -> None:
    """Ivo: another name, another pupil number, and an ending after assessment."""
    ivo = "Ivo Penn"
    played.child(ivo, date(2013, 3, 4), "M", "F007")
    played.refer([ivo], _day(5, 5), need="N4")
    played.known(ivo, _day(5, 5), ethnicity="REFU", disabilities=("BEH",), upn=upn(5))
    played.renamed(ivo, _day(5, 12), "Ivo", "Dunmore")
    played.another_upn(ivo, _day(5, 14), upn(6, "875"))
    played.assess({ivo: ["21"]}, _day(5, 6), _day(6, 9), "no_further_action")
    played.close([ivo], _day(6, 10), "closed_after_assessment")


def _only_no_further_action(played: Played) -> None:
    """Rafe, of whom nothing is known but that somebody rang."""
    played.child(NO_CHILD_ID, date(2011, 11, 11), "M")
    played.refer([NO_CHILD_ID], _day(6, 15), need="N0", further=False)
    played.known(NO_CHILD_ID, _day(6, 15), ethnicity="NOBT", disabilities=(), upn_unknown="UN7", by="dipa")


def _moved_in(played: Played) -> None:
    """Ada, who came here on another authority's plan."""
    ada = "Ada Thwaite"
    played.child(ada, date(2015, 6, 7), "F", "F009")
    played.refer([ada], _day(6, 1))
    played.known(ada, _day(6, 1), ethnicity="CHNE", disabilities=("AUT",), upn=upn(7))
    played.assess({ada: ["17A"]}, _day(6, 2), _day(7, 1), "plan_goes_on")
    played.confer({ada: "plan:EMO"}, _day(6, 12), "transfer")
    played.confer({ada: "goes_on"}, _day(9, 8), "review")


def _before_court(played: Played) -> None:
    """Noor and Sami: pre-proceedings for both, and an application for both."""
    both = ["Noor Vale", "Sami Vale"]
    played.child(both[0], date(2013, 7, 8), "F", "F010")
    played.child(both[1], date(2011, 7, 8), "M", "F011")
    played.refer(both, _day(4, 1), need="N1")
    for number, name in enumerate(both):
        played.known(name, _day(4, 1), ethnicity="APKN", disabilities=("NONE",), upn=upn(8 + number))
    played.assess({name: ["16A", "2B"] for name in both}, _day(4, 2), _day(5, 5), "plan_goes_on")
    played.enquire(dict.fromkeys(both, "continuing_risk"), _day(4, 8), _day(4, 15))
    played.confer(dict.fromkeys(both, "plan:NEG"), _day(4, 24))
    step = played.before_court(both, _day(6, 9), _day(6, 15), _day(6, 25), [_day(8, 4), _day(9, 8)])
    played.confer(dict.fromkeys(both, "goes_on"), _day(7, 16), "review")
    played.go_to_court(both, step, _day(10, 6), _day(10, 20))


def _four_at_once(played: Played) -> None:
    """Four brothers and sisters in one referral, of which nothing more came."""
    four = ["Lark Tern", "Jay Tern", "Robin Tern", "Finch Tern"]
    for number, name in enumerate(four):
        played.child(name, date(2010 + 2 * number, 10, 12), "FM"[number % 2], f"F{20 + number:03d}")
    played.refer(four, _day(5, 18), need="N6", further=False)
    for name in four:
        played.known(name, _day(5, 18), ethnicity="WROM", disabilities=("NONE",), upn_unknown="UN7", by="dipa")


FAMILIES: tuple[Callable[[Played], None], ...] = (
    _thrice_referred,
    _enquired_twice,
    _planned_again,
    _born,
    _died,
    _renamed,
    _only_no_further_action,
    _moved_in,
    _before_court,
    _four_at_once,
)
