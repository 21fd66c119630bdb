"""Publishing packs: those that come with the product, and an authority's overlays. The only writer of this room."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import connection, transaction

from sightline.doorway.actor import Actor
from sightline.doorway.acts import act, touch
from sightline.kernel.dates import day_words, local_day
from sightline.kernel.errors import NotFound, NotPermitted, Refusal
from sightline.kernel.remembering import forget
from sightline.practice.changes import Change, compare, used_before
from sightline.practice.models import ProposedPack, PublishedPack
from sightline.practice.overlaid import Overlaid, breaking, overlaid
from sightline.practice.parse import parse_pack
from sightline.practice.permissions import refuse_unless_may_change_practice
from sightline.practice.queries import current_pack_on, get_base, last_overlay_start, list_left_behind, list_overlays
from sightline.practice.shipped import PACKS, SHIPPED, Source, read_source
from sightline.practice.spec import Pack, Pin
from sightline.practice.tables import Fault, PackRefused

LONGEST_WORDS = 500


def publish_shipped_packs(*, at: datetime) -> tuple[Pin, ...]:
    """Seals a copy of every pack that comes with the product and has changed.

    Safe to run at every start: what has not changed is left alone. Gives the pins of
    what was published now. Refuses a pack that is not sound, and then publishes none.
    The first copy is in force from the day that the pack itself names, and a later
    copy from the day it is published, so no earlier day changes its rules.

    An overlay in force or still to start goes on with its base: it is sealed again on the newer copy, since
    the product may name what only that has. One that no longer merges stays as it was; `left_behind` says why.
    """
    sources = [read_source(PACKS / key) for key in SHIPPED]
    with transaction.atomic():
        _one_at_a_time()
        shipped = [pin for source in sources if (pin := _publish(source, at=at))]
        return (*shipped, *_merge_again(at))


def _publish(source: Source, *, at: datetime) -> Pin | None:
    pack = parse_pack(source.values)
    last = PublishedPack.objects.filter(key=pack.key).order_by("-version").values_list("version", "sealed").first()
    if last and last[1] == source.seal:
        return None
    version = last[0] + 1 if last else 1
    PublishedPack.objects.create(
        key=pack.key,
        version=version,
        sealed=source.seal,
        spec=source.values,
        source=source.text,
        published_at=at,
        effective_from=local_day(at) if last else pack.basis.effective.begins,
    )
    forget()
    return Pin(pack.key, version)


def _merge_again(at: datetime) -> list[Pin]:
    """Each overlay that its base left behind, as its next version, by the two people who decided its words."""
    found, today = [], local_day(at)
    for pin in list_left_behind(today):
        before = PublishedPack.objects.get(key=pin.pack, version=pin.version)
        day = max(today, before.effective_from)
        try:
            made, version = _made(before.source)
            _refuse_breaks(made.pack, day)
        except Refusal:
            continue
        again = _seal(
            made, version, at=at, effective_from=day, proposed_by=before.proposed_by, published_by=before.published_by
        )
        found.append(Pin(again.key, again.version))
    return found


def left_behind(on: date) -> Mapping[Pin, str]:
    """Each overlay in force on that day, or later, that stands on an older copy of its base: what keeps it there.

    Empty words where nothing does: it goes on the next time that the packs are published.
    """
    found = {}
    for pin in list_left_behind(on):
        before = PublishedPack.objects.get(key=pin.pack, version=pin.version)
        try:
            _refuse_breaks(_made(before.source)[0].pack, max(on, before.effective_from))
            found[pin] = ""
        except Refusal as refused:
            found[pin] = str(refused).replace("\n", " ")
    return found


@act("propose_practice")
def propose(*, by: Actor, source: str, why: str, effective_from: date, at: datetime) -> UUID:
    """Lay an overlay before a colleague: ``source`` is its file's text, on its base as that stands now.

    Nothing changes until another person publishes it. Refuses what is not sound and what would break
    a record, an answer or a return, with every fault; a day that has begun to be worked under other
    rules; and a second proposal under one key.
    """
    refuse_unless_may_change_practice(by)
    _one_at_a_time()
    said = _said(why, "Say why the change is proposed: whoever publishes it reads that.", "why")
    _refuse_day(effective_from, at)
    made, version = _made(source)
    if ProposedPack.objects.filter(key=made.pack.key, decided_at=None).exists():
        raise Refusal(
            f"A proposal of {made.pack.key} waits already. Have it published, or withdraw it, and then propose this."
        )
    _refuse_breaks(made.pack, effective_from)
    proposal = ProposedPack.objects.create(
        key=made.pack.key, base_key=made.base_key, base_version=version, overlay=made.overlay, source=source,
        sealed=made.seal, why=said, effective_from=effective_from, proposed_at=at, proposed_by=by.id,
    )  # fmt: skip
    touch(pack=made.pack.key, proposal=str(proposal.id))
    return proposal.id


@act("publish_practice")
def publish(*, by: Actor, proposal: UUID, at: datetime) -> Pin:
    """Seal what a colleague proposed; from its day on it is in force. All of it or nothing.

    Refuses whoever proposed it, a proposal that was decided, a day that has gone by, a base of which
    a newer copy was sealed since, and whatever `propose` refuses.
    """
    refuse_unless_may_change_practice(by)
    _one_at_a_time()
    asked = _waiting(proposal)
    if asked.proposed_by == by.id:
        raise NotPermitted("Whoever proposed a change does not publish it. Ask a colleague who may to read it.")
    _refuse_day(asked.effective_from, at)
    made, version = _made(asked.source)
    if (version, made.seal) != (asked.base_version, asked.sealed):
        raise Refusal(
            f"The base {asked.base_key} has been published again since this was proposed, so it would not say what "
            "was read then. Withdraw it and propose it again."
        )
    _refuse_breaks(made.pack, asked.effective_from)
    copy = _seal(
        made, version, at=at, effective_from=asked.effective_from, proposed_by=asked.proposed_by, published_by=by.id
    )
    _decide(asked, by, at, published_id=copy.id)
    touch(pack=copy.key, version=copy.version, proposal=str(asked.id))
    return Pin(copy.key, copy.version)


@act("withdraw_practice")
def withdraw_proposal(*, by: Actor, proposal: UUID, because: str, at: datetime) -> None:
    """Take a proposal back, with why. Refuses one that was decided; what is published is never taken back."""
    refuse_unless_may_change_practice(by)
    _one_at_a_time()
    said = _said(because, "Say why it is withdrawn.", "because")
    _decide(_waiting(proposal), by, at, withdrawn_because=said)
    touch(proposal=str(proposal))


def what_it_does(source: str, *, effective_from: date) -> tuple[Change, ...]:
    """What an overlay's text would change of what is in force on that day. Refuses what is not sound."""
    return compare(current_pack_on(effective_from), _made(source)[0].pack)


def _one_at_a_time() -> None:
    # Two that publish together must not both find the same last version, or start on the same day.
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('practice.publish'))")
    # Whoever published while this waited is seen from now on.
    forget()


def _made(source: str) -> tuple[Overlaid, int]:
    """The overlay on the last sealed copy of its base, and which copy that is."""
    versions: list[int] = []

    def base(key: str) -> dict[str, object]:
        found = get_base(key)
        versions.append(found.version)
        return dict(found.values)

    return overlaid(source, "the overlay", base=base), versions[-1]


def _seal(
    made: Overlaid,
    base_version: int,
    *,
    at: datetime,
    effective_from: date,
    proposed_by: UUID | None,
    published_by: UUID | None,
) -> PublishedPack:
    """The overlay's next version."""
    key = made.pack.key
    last = PublishedPack.objects.filter(key=key).order_by("-version").values_list("version", flat=True).first()
    sealed = PublishedPack.objects.create(
        key=key, version=(last or 0) + 1, sealed=made.seal, spec=made.values, source=made.source,
        published_at=at, published_by=published_by, effective_from=effective_from, base_key=made.base_key,
        base_version=base_version, overlay=made.overlay, proposed_by=proposed_by,
    )  # fmt: skip
    forget()
    return sealed


def _waiting(proposal: UUID) -> ProposedPack:
    found = ProposedPack.objects.filter(id=proposal).first()
    if found is None:
        raise NotFound("There is no such proposal. `./run practice list` shows what waits.")
    if found.decided_at is not None:
        done = "published" if found.published_id else "withdrawn"
        raise Refusal(
            f"This proposal was {done} on {day_words(local_day(found.decided_at))}. Propose again to change more."
        )
    return found


def _decide(proposal: ProposedPack, by: Actor, at: datetime, **how: object) -> None:
    waiting = ProposedPack.objects.filter(id=proposal.id, decided_at=None)
    if waiting.update(decided_at=at, decided_by=by.id, **how) != 1:
        raise Refusal("Somebody else decided this proposal just now. `./run practice list` shows how it stands.")


def _said(words: str, refusal: str, field: str) -> str:
    said = words.strip()
    if not said:
        raise Refusal(refusal, field=field)
    if len(said) > LONGEST_WORDS:
        raise Refusal(f"That is {len(said)} characters. Say it in {LONGEST_WORDS}.", field=field)
    return said


def _refuse_day(effective_from: date, at: datetime) -> None:
    """Records of a day are written under one set of rules, and no overlay ends before the next begins."""
    today = local_day(at)
    if effective_from < today:
        raise Refusal(
            f"Records have been written under other rules since {day_words(effective_from)}. "
            f"Choose {day_words(today)} or a later day.",
            field="effective_from",
        )
    last = last_overlay_start()
    if last is not None and effective_from <= last:
        raise Refusal(
            f"An overlay is published from {day_words(last)}, and this one would overlap it. "
            f"Choose {day_words(last + timedelta(days=1))} or a later day.",
            field="effective_from",
        )


def _refuse_breaks(pack: Pack, effective_from: date) -> None:
    """Refuse what breaks against the rules of the day before or uses a key again, and a rule that would be missing."""
    before = current_pack_on(effective_from)
    changes = compare(before, pack)
    faults = breaking(changes)
    faults += breaking(one for one in used_before(list_overlays(), pack) if one not in changes)
    faults += _without_a_rule(before, pack, effective_from)
    if faults:
        raise PackRefused(*faults)


def _without_a_rule(before: Pack, pack: Pack, day: date) -> list[Fault]:
    found = []
    for thing, old, new in (
        ("timescale", before.timescales, pack.timescales),
        ("threshold", before.thresholds, pack.thresholds),
    ):
        held = {rule.key for rule in new if rule.basis.effective.contains(day)}
        wanted = dict.fromkeys(rule.key for rule in old if rule.basis.effective.contains(day))
        found += [
            Fault(
                f"{thing} “{key}”",
                f"no rule of this key is in force on {day_words(day)}",
                "Let its effective_from be that day or earlier",
            )
            for key in wanted
            if key not in held
        ]
    return found
