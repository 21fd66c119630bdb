"""Who has left, and who is away, at the end of the stories."""

from datetime import timedelta

from sightline.commands.demonstration.telling import Telling
from sightline.kernel.working_days import add_working_days
from sightline.workforce.operations import begin_absence, leave, set_cover


def change(story: Telling) -> None:
    """Callum Reid has left and nobody stands in his post; Aoife Brennan is away and Jane Smith covers her."""
    diary, administrator, gareth = story.diary, story.who("anna"), story.who("gareth")
    leave(by=administrator, account=story.authority.accounts["callum"], at=diary.at(15, "17:00"))
    away = diary.at(3, "08:45")
    back = add_working_days(diary.today, 4)
    begin_absence(by=gareth, account=story.authority.accounts["aoife"], back_on=back, at=away)
    set_cover(
        by=gareth, post=story.post("worker-2-family-support-2"), account=story.authority.accounts["jane"],
        at=away + timedelta(minutes=20),
    )  # fmt: skip
