"""`{% front_door_numbers as numbers %}`: by which numbers a signed-in worker reaches the front door, day and night."""

from typing import Any

from django import template

from sightline.workforce.models import Team
from sightline.workforce.queries import list_teams

register = template.Library()


@register.simple_tag(takes_context=True)
def front_door_numbers(context: dict[str, Any]) -> str:
    """` on 01632 960200, or out of hours the emergency duty team on …`; nothing for who is not signed in."""
    if getattr(context.get("request"), "actor", None) is None:
        return ""
    phones = {team.kind: team.phone for team in list_teams() if team.phone}
    day, night = phones.get(Team.Kind.FRONT_DOOR, ""), phones.get(Team.Kind.EMERGENCY_DUTY, "")
    out_of_hours = f", or out of hours the emergency duty team on {night}" if night else ""
    return f"{f' on {day}' if day else ''}{out_of_hours}"
