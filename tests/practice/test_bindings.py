"""What a question is bound to is really there, and takes the answers that it offers."""

import pytest
from django.apps import apps

from sightline.practice.parse import parse_pack
from sightline.practice.shipped import PACKS, SHIPPED, read_source
from sightline.practice.spec import Question

BOUND = [
    question
    for key in SHIPPED
    for form in parse_pack(read_source(PACKS / key).values).forms
    for question in form.questions
    if question.bound_to
]


@pytest.mark.parametrize("question", BOUND, ids=lambda question: question.key)
def test_the_fact_that_holds_the_answer_exists(question: Question) -> None:
    room, name, part = question.bound_to.split(".")
    model = apps.get_model(room, name)
    if (room, name) == ("record", "passage"):
        assert len(part) <= (model._meta.get_field("heading").max_length or 0)
    elif (room, name) == ("people", "need"):
        assert part in {value for value, _ in model._meta.get_field("kind").flatchoices}
    else:
        field = model._meta.get_field(part)
        known = {value for value, _ in field.flatchoices}
        assert not known or known == {option.key for option in question.options}
