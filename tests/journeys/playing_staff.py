"""What is played on the workforce: leavers, absences, cover, posts taken and left, lines moved."""

from datetime import timedelta

from hypothesis import strategies as st
from hypothesis.stateful import rule

from sightline.workforce import operations as workforce
from tests.journeys.machine import ANY, Played, _pick
from tests.journeys.world import POSTS

PLAYED_POSTS = [key for key, *_ in POSTS if key != "records"]
POST = st.sampled_from(PLAYED_POSTS)
MORE_OFTEN_EMERGENCY = st.one_of(POST, st.sampled_from(["emergency-1", "emergency-2"]))


class PlayedStaff(Played):
    """People come, go, fall ill and stand in for one another."""

    @rule(
        what=st.sampled_from(["leaves", "vacates", "takes_post", "covers", "ends_cover", "falls_ill", "comes_back"]),
        key=MORE_OFTEN_EMERGENCY,
        pick=ANY,
        days=st.one_of(st.none(), st.integers(1, 4)),
    )
    def staffing(self, what: str, key: str, pick: int, days: int | None) -> None:
        """One rule for all of it, so that play is mostly about children."""
        getattr(self, f"_{what}")(key, pick, days)

    @rule(what=st.sampled_from(["leaves", "vacates", "falls_ill"]), key=st.sampled_from(["emergency-1", "emergency-2"]))
    def emergency_duty_goes(self, what: str, key: str) -> None:
        """Where everybody else's line ends: whoever stands there now goes, or is refused it."""
        standing = self.staff.occupant.get(self.world.posts[key])
        names = self.names()
        pick = next((n for n, name in enumerate(names) if self.world.accounts[name] == standing), 0)
        getattr(self, f"_{what}")(key, pick, None)

    def _leaves(self, key: str, pick: int, days: int | None) -> None:
        account = self.world.accounts[_pick(self.names(), pick)]
        if len(self.names()) < 5:
            return
        ok, _ = self.attempt("leave", lambda: workforce.leave(by=self.world.admin, account=account, at=self.clock))
        if ok:
            self.staff.leave(account)

    def _vacates(self, key: str, pick: int, days: int | None) -> None:
        post = self.world.posts[key]
        ok, _ = self.attempt("vacate", lambda: workforce.vacate(by=self.world.admin, post=post, at=self.clock))
        if ok:
            del self.staff.occupant[post]

    def _takes_post(self, key: str, pick: int, days: int | None) -> None:
        post, account = self.world.posts[key], self.world.accounts[_pick(self.names(), pick)]
        ok, _ = self.attempt("place", lambda: workforce.place(
            by=self.world.admin, post=post, account=account, at=self.clock))  # fmt: skip
        if ok:
            self.staff.occupant[post] = account

    def _covers(self, key: str, pick: int, days: int | None) -> None:
        post, account = self.world.posts[key], self.world.accounts[_pick(self.names(), pick)]
        until = None if days is None else self.clock + timedelta(days=days)
        ok, _ = self.attempt("cover", lambda: workforce.set_cover(
            by=self.world.admin, post=post, account=account, until=until, at=self.clock))  # fmt: skip
        if ok:
            self.staff.cover[post] = (account, until)

    def _ends_cover(self, key: str, pick: int, days: int | None) -> None:
        covered = sorted(self.staff.cover)
        post = _pick(covered, pick) if covered else self.world.posts[key]
        ok, _ = self.attempt("end cover", lambda: workforce.end_cover(by=self.world.admin, post=post, at=self.clock))
        if ok:
            del self.staff.cover[post]

    def _falls_ill(self, key: str, pick: int, days: int | None) -> None:
        account = self.world.accounts[_pick(self.names(), pick)]
        ok, _ = self.attempt("absence", lambda: workforce.begin_absence(
            by=self.world.admin, account=account, at=self.clock))  # fmt: skip
        if ok:
            self.staff.away.add(account)

    def _comes_back(self, key: str, pick: int, days: int | None) -> None:
        away = sorted(self.staff.away)
        account = _pick(away, pick) if away else self.world.accounts[_pick(self.names(), pick)]
        ok, _ = self.attempt("end absence", lambda: workforce.end_absence(
            by=self.world.admin, account=account, at=self.clock))  # fmt: skip
        if ok:
            self.staff.away.discard(account)

    @rule(key=st.sampled_from(["family-1", "long-term-1", "long-term-2", "decider", "family-manager"]),
          above=st.sampled_from(["family-manager", "front-door-manager", "service-manager", None]))  # fmt: skip
    def moves_line(self, key: str, above: str | None) -> None:
        post, manager = self.world.posts[key], self.world.posts[above] if above else None
        ok, _ = self.attempt("set manager", lambda: workforce.set_manager(
            by=self.world.admin, post=post, manager=manager, at=self.clock))  # fmt: skip
        if ok:
            self.staff.above[post] = manager

    @rule(hours=st.integers(1, 72))
    def time_passes(self, hours: int) -> None:
        self.clock += timedelta(hours=hours)
