"""The form of one section: a box for each part, and which version of it the page showed."""

from collections.abc import Mapping, Sequence

from django import forms
from django.forms import BoundField
from django.http import QueryDict

from sightline.assessments.queries import PartView
from sightline.web.assessments.parts import Block, Part, PartKey

LONGEST = 60_000


class SectionForm(forms.Form):
    """The boxes hold what the document says now, so that nobody begins from nothing."""

    def __init__(
        self, data: QueryDict | None, *, blocks: Sequence[Block], said: Mapping[PartKey, PartView]
    ) -> None:  # fmt: skip
        super().__init__(data)
        self.blocks = blocks
        for part in self.parts:
            view = said.get(part.place)
            self.fields[part.field] = forms.CharField(
                label=part.label,
                help_text=part.hint,
                required=False,
                max_length=LONGEST,
                widget=forms.Textarea,
                initial=view.text if view else "",
                error_messages={"max_length": "That is longer than one part can be. Shorten it, or use another part."},
            )
            self.fields[part.base] = forms.IntegerField(
                required=False, min_value=0, widget=forms.HiddenInput, initial=view.number if view else 0
            )

    @property
    def parts(self) -> list[Part]:
        """Every part of the section, in the order of the page."""
        return [part for block in self.blocks for part in block.parts]

    def boxes(self, block: Block) -> list[tuple[Part, BoundField, BoundField]]:
        """Each part of a block with its box and the version that the box began from."""
        return [(part, self[part.field], self[part.base]) for part in block.parts]

    def text_of(self, part: Part) -> str:
        """What the box holds, with line ends as they are kept."""
        return as_kept(self.cleaned_data.get(part.field) or "")

    def base_of(self, part: Part) -> int:
        """The version that the page showed; nought where the part was empty."""
        return int(self.cleaned_data.get(part.base) or 0)


def as_kept(text: str) -> str:
    """A browser sends its own line ends, and they are no change."""
    return text.replace("\r\n", "\n").strip()
