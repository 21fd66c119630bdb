"""Who acts."""

from dataclasses import dataclass
from uuid import UUID

from sightline.doorway.roles import Role


@dataclass(frozen=True)
class Actor:
    """Somebody who has signed in, with the posts and teams they stand in at this moment.

    `registered` says that they are a social worker registered with Social Work England. `agency` is the agency
    for which a partner acts; who works for the authority has none.
    """

    id: UUID
    name: str
    role: Role
    posts: frozenset[UUID] = frozenset()
    teams: frozenset[UUID] = frozenset()
    registered: bool = False
    agency: UUID | None = None

    def has_role(self, roles: frozenset[Role]) -> bool:
        """Whether the role is one of these."""
        return self.role in roles
