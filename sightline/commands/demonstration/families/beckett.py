"""Tyler and Summer Beckett: two years of history, and a post that nobody stands in since the autumn."""

from sightline.commands.demonstration import casework, desk, helping
from sightline.commands.demonstration.casework import Note
from sightline.commands.demonstration.telling import Telling

TYLER, SUMMER, DONNA, CRAIG = "Tyler Beckett", "Summer Beckett", "Donna Beckett", "Craig Yates"
STORY = (
    ("The Becketts, first winter", 480, "N1", "Two children alone on a Saturday until midnight.", 430),
    ("The Becketts, second summer", 300, "N4", "Donna was burgled and has not left the flat for a month.", 250),
)
NOW = "The Becketts, this autumn"


def tell(story: Telling) -> None:
    """Opened and closed twice; open now, carried by Callum's post, and Callum has left."""
    for number, (title, back, need, worry, closed) in enumerate(STORY):
        _episode(story, title, back, need, worry, first=number == 0)
        helping.assess_and_end(
            story, [TYLER, SUMMER], worker="callum", by="gareth", at=story.diary.at(closed, "15:00"),
            found_out="Donna's sister has moved in, and both children are settled.",
        )  # fmt: skip
    _episode(story, NOW, 64, "N1", "Tyler came to school with a cut that he said was from a fence.", first=False)
    _disagreement(story)


def _episode(story: Telling, title: str, back: int, need: str, worry: str, *, first: bool) -> None:
    diary = story.diary
    referrer = story.professional("school", "school-lead", "Hannah Reyes, safeguarding lead")
    new = [
        story.child(TYLER, diary.years_old(11, 60), "M"), story.child(SUMMER, diary.years_old(7, 5), "F"),
        story.adult(DONNA, "F", diary.years_old(33, 44)), story.adult(CRAIG, "M"),
    ] if first else []  # fmt: skip
    story.take(
        title, by="dipa", at=diary.at(back, "10:00"), channel="phone", referrer=referrer, new=new,
        known=[] if first else [TYLER, SUMMER, DONNA], saw=worry, fears="That it happens again and nobody says.",
    )  # fmt: skip
    if first:
        _the_family(story, back)
    desk.acknowledge(story, title, by="dipa", at=diary.at(back, "10:40"), heard=desk.answer_to(referrer))
    desk.settle(
        story, title, "referral_assessment", by="tomas", at=diary.at(back - 1, "10:00"), need=need,
        reason=f"{worry} The children are young and their mother is tired out.",
        would_change="If Donna has somebody with her.", history_bears="Read what we knew, and from whom.",
    )  # fmt: skip
    casework.give(
        story, [TYLER, SUMMER], "worker-3-family-support-2", by="margaret", at=diary.at(back - 1, "13:00"),
        reason="Callum knows the family." if not first else "Callum has room.",
    )  # fmt: skip
    casework.note(story, f"{title}: visit", Note(
        about=[TYLER, SUMMER, DONNA], seen="seen", text="Saw both children at home with Donna. Summer showed "
        "her spelling book; Tyler wanted to know who had told us. Agreed what Donna does and what we do, and "
        "wrote it down for her.",
    ), by="callum", at=diary.at(back - 6, "16:30"))  # fmt: skip
    if title != NOW:
        desk.tell_outcome(story, title, by="tomas", at=diary.at(back - 1, "11:00"), heard=desk.answer_to(referrer))


def _the_family(story: Telling, back: int) -> None:
    at = story.diary.at(back, "10:20")
    story.parents({DONNA: "mother"}, [TYLER, SUMMER], by="dipa", at=at)
    story.parents({CRAIG: "father"}, [TYLER, SUMMER], by="dipa", at=at)
    story.siblings([TYLER, SUMMER], by="dipa", at=at)
    story.home([TYLER, SUMMER, DONNA], "12 Foundry Lane, Hallowby", "QX2 3HU", by="dipa", at=at)


def _disagreement(story: Telling) -> None:
    diary = story.diary
    sent = desk.tell_outcome(story, NOW, by="tomas", at=diary.at(63, "11:00"))
    desk.answered(
        sent, kind="challenge", signed="Hannah Reyes, safeguarding lead", at=diary.at(63, "15:20"),
        text="An assessment in six weeks is too slow. Tyler has changed his story about the cut twice.",
    )  # fmt: skip
    casework.oversee(story, "Answer to the school", Note(
        about=[TYLER, SUMMER],
        text="Rang Hannah Reyes the same afternoon. Callum sees Tyler alone tomorrow, and a doctor looks at the "
        "cut. The school was right to press.",
    ), by="gareth", at=diary.at(63, "16:40"))  # fmt: skip
    casework.note(story, "Tyler alone", Note(
        about=[TYLER], seen="seen_alone", text="Saw Tyler alone. The doctor finds the cut fits with wire.",
        own_words={TYLER: "I went through the scrapyard for a dare. I said fence because we are not allowed."},
    ), by="callum", at=diary.at(62, "14:00"))  # fmt: skip
