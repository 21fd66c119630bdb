"""Who is signed in: of each role, in each kind of team, those who carry most; and a browser for each."""

from dataclasses import dataclass
from uuid import UUID

from sightline.commands.bench_front_door.world import World

OF_EACH = 2
"""Different people have different things to open; in a quick run one of each is enough."""


@dataclass(frozen=True)
class Somebody:
    """An account, what it is, and in what kind of team."""

    account: UUID
    role: str
    team: str

    @property
    def words(self) -> str:
        """As a reader of the table would say it: "an administrator"."""
        role = self.role.replace("_", " ")
        role = f"{'an' if role[0] in 'aeio' else 'a'} {role}"
        return role if self.team in {"", "casework"} else f"{role}, {self.team.replace('_', ' ')}"


def people_of(world: World, of_each: int = OF_EACH) -> list[Somebody]:
    """A few of each, the busiest first; the same in every size, since what was played stands in each."""
    return [Somebody(*row) for row in world.rows(PEOPLE, [of_each])]


PEOPLE = """
SELECT id, role, kind FROM (
    SELECT a.id, a.role, coalesce(t.kind, '') AS kind, row_number() OVER (
        PARTITION BY a.role, t.kind ORDER BY (
            SELECT count(*) FROM record_allocation l WHERE l.post_id = p.id AND l.to_at IS NULL) DESC, a.id) AS place
    FROM workforce_account a
    LEFT JOIN workforce_occupancy o ON o.account_id = a.id AND o.to_at IS NULL
    LEFT JOIN workforce_post p ON p.id = o.post_id LEFT JOIN workforce_team t ON t.id = p.team_id
    WHERE a.left_at IS NULL) AS standing
WHERE place <= %s ORDER BY place, role, kind
"""
