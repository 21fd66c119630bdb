from django.db import migrations

from sightline.access.fence import (
    as_steward,
    fence,
    may_see,
    mine,
    statements,
    steward_function,
)

# A subject row that was withdrawn is read only by the named reader of its withdrawal.
NOT_WITHDRAWN = (
    "({table}.withdrawn_at IS NULL OR EXISTS (SELECT 1 FROM record_withdrawal w"
    " WHERE w.entry_id = {table}.entry_id AND w.person_id = {table}.person_id"
    " AND w.reader = access_actor()))"
)
ENTRY = "EXISTS (SELECT 1 FROM record_entrysubject s WHERE s.entry_id = {entry})"
# An entry that is kept apart is read by the one team it is kept for.
NOT_APART = f"({{table}}.apart IS NULL OR {mine('{table}.apart')})"
READABLE = f"{NOT_WITHDRAWN} AND {NOT_APART}"
CHILD = may_see("child_id")

# A step at my post may be about somebody from whom I am kept away. Which those are is worked out once for
# each statement: there are few, and a function asked for each row cost more than the row.
BARRED_STEPS = steward_function(
    "record_barred_steps() RETURNS uuid[] LANGUAGE sql STABLE",
    body="""
    SELECT coalesce(array_agg(DISTINCT s.step_id), '{}') FROM record_stepsubject s
    WHERE s.person_id = ANY (access_bars())
    """,
)
MY_STEP = f"({mine('post_id')} AND id <> ALL ((SELECT record_barred_steps())::uuid[]))"

FENCES = [
    BARRED_STEPS,
    fence("record_entry", read=ENTRY.format(entry="record_entry.id")),
    fence(
        "record_entrysubject",
        read=f"{may_see('person_id')} AND {READABLE.format(table='record_entrysubject')}",
    ),
    fence(
        "record_passage",
        read="EXISTS (SELECT 1 FROM record_passagesubject s WHERE s.passage_id = record_passage.id)",
    ),
    fence(
        "record_passagesubject",
        read=f"{may_see('person_id', 'section')} AND {READABLE.format(table='record_passagesubject')}",
    ),
    fence("record_withdrawal", read=f"{may_see('person_id')} OR reader = access_actor()"),
    fence("record_attachment", read=ENTRY.format(entry="record_attachment.entry_id")),
    fence("record_mention", read=CHILD),
    fence(
        "record_episode",
        read=f"{CHILD} AND withdrawn_at IS NULL",
        change=["closed_on", "closed_at", "closure_reason", "need"],
    ),
    fence("record_allocation", read=f"{CHILD} OR {mine('post_id')}", change=["to_at"]),
    fence(
        "record_step",
        read=f"{MY_STEP} OR EXISTS (SELECT 1 FROM record_stepsubject s WHERE s.step_id = record_step.id)",
        change=["closed_at", "closed_by_id", "outcome", "post_id"],
    ),
    fence("record_stepsubject", read=may_see("person_id")),
    fence(
        "record_stepcarrier",
        read="EXISTS (SELECT 1 FROM record_step p WHERE p.id = record_stepcarrier.step_id)",
        change=["to_at"],
    ),
    fence("record_notice", read=mine("post_id"), change=["cleared_at", "cleared_by"]),
]

# Superseding and withdrawing change rows so that the person who acts may no longer read them,
# which a row policy cannot allow; the steward does it, after asking the rule as that person.
SUPERSEDE = steward_function(
    "record_supersede(of_entry uuid, at_moment timestamptz) RETURNS boolean LANGUAGE plpgsql",
    body="""
    BEGIN
        IF NOT EXISTS (SELECT 1 FROM record_entrysubject s
                       WHERE s.entry_id = of_entry AND access_may_see(s.person_id, 'ordinary')) THEN
            RETURN false;
        END IF;
        UPDATE record_entry SET superseded_at = at_moment
        WHERE id = of_entry AND superseded_at IS NULL;
        IF NOT FOUND THEN RETURN false; END IF;
        UPDATE record_entrysubject SET superseded_at = at_moment WHERE entry_id = of_entry;
        RETURN true;
    END
    """,
)
WITHDRAW = steward_function(
    "record_withdraw(of_entry uuid, from_person uuid, at_moment timestamptz) RETURNS integer LANGUAGE plpgsql",
    body="""
    DECLARE touched integer;
    BEGIN
        IF NOT access_may_see(from_person, 'ordinary') THEN RETURN 0; END IF;
        UPDATE record_entrysubject SET withdrawn_at = at_moment
        WHERE person_id = from_person AND withdrawn_at IS NULL
          AND entry_id IN (SELECT id FROM record_entry WHERE root =
                           (SELECT root FROM record_entry WHERE id = of_entry));
        GET DIAGNOSTICS touched = ROW_COUNT;
        UPDATE record_passagesubject SET withdrawn_at = at_moment
        WHERE person_id = from_person AND withdrawn_at IS NULL
          AND entry_id IN (SELECT id FROM record_entry WHERE root =
                           (SELECT root FROM record_entry WHERE id = of_entry));
        RETURN touched;
    END
    """,
)

KEEP_APART = steward_function(
    "record_keep_apart(of_entry uuid, for_team uuid) RETURNS void LANGUAGE plpgsql",
    body="""
    BEGIN
        IF NOT EXISTS (SELECT 1 FROM record_entrysubject s
                       WHERE s.entry_id = of_entry AND access_may_see(s.person_id, 'ordinary')) THEN
            RETURN;
        END IF;
        -- Every version of it, as it was corrected.
        UPDATE record_entrysubject SET apart = for_team WHERE entry_id IN
            (SELECT v.id FROM record_entry asked JOIN record_entry v ON v.root = asked.root WHERE asked.id = of_entry);
        UPDATE record_passagesubject SET apart = for_team WHERE entry_id IN
            (SELECT v.id FROM record_entry asked JOIN record_entry v ON v.root = asked.root WHERE asked.id = of_entry);
    END
    """,
)

# "Never do nothing", as far as a database can hold it: no transaction ends with an open episode
# that no post carries.
CARRIED = [
    *as_steward(
        [
            """
    CREATE FUNCTION record_episode_is_carried() RETURNS trigger LANGUAGE plpgsql
    SECURITY DEFINER SET search_path = public, pg_temp AS $$
    DECLARE episode uuid;
    BEGIN
        IF TG_TABLE_NAME = 'record_episode' THEN episode := NEW.id;
        ELSE episode := NEW.episode_id; END IF;
        IF EXISTS (SELECT 1 FROM record_episode e WHERE e.id = episode
                   AND e.closed_at IS NULL AND e.withdrawn_at IS NULL)
           AND NOT EXISTS (SELECT 1 FROM record_allocation a
                           WHERE a.episode_id = episode AND a.to_at IS NULL) THEN
            RAISE EXCEPTION 'an open episode must be carried by a post';
        END IF;
        RETURN NULL;
    END $$
    """
        ]
    ),
    (
        "CREATE CONSTRAINT TRIGGER record_episode_carried AFTER INSERT OR UPDATE ON record_episode"
        " DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION record_episode_is_carried()"
    ),
    (
        "CREATE CONSTRAINT TRIGGER record_allocation_carried AFTER UPDATE ON record_allocation"
        " DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION record_episode_is_carried()"
    ),
]


class Migration(migrations.Migration):
    dependencies = [
        ("record", "0001_initial"),
        ("access", "0002_fences"),
        ("workforce", "0002_fences"),
        ("people", "0002_fences"),
        ("documents", "0002_fences"),
        ("partnership", "0002_fences"),
    ]

    operations = [statements(*FENCES, SUPERSEDE, WITHDRAW, KEEP_APART, CARRIED)]
