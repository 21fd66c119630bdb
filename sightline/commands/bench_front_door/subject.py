"""What the bench of the front door is about."""

from sightline.commands.bench_front_door.measures import MEASURES
from sightline.commands.bench_front_door.report import Subject

SUBJECT = Subject(bench="front-door", title="the front door", aims="searches 100 ms, pages 300 ms", measures=MEASURES)
