"""Whom one may name as a reader: oneself, and the posts that work with somebody or manage those who do."""

from collections.abc import Iterable
from uuid import UUID

from sightline.doorway.actor import Actor
from sightline.record.queries import get_carriers
from sightline.workforce.queries import describe_posts, list_staffed, posts_above


def reader_choices(by: Actor, family: Iterable[UUID]) -> list[tuple[str, str]]:
    """Keys with words: oneself by name, who carries the family, the posts of one's teams, and those above them."""
    near = [*get_carriers(family).values(), *by.posts, *list_staffed(by.teams)]
    above = posts_above()
    posts = dict.fromkeys(post for one in near for post in (one, above.get(one)) if post is not None)
    named = sorted(describe_posts(posts).items(), key=lambda pair: pair[1])
    return [(str(by.id), f"{by.name}, by name: you"), *((str(post), words) for post, words in named)]
