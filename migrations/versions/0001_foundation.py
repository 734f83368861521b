"""The foundation: visits, disputes, whistles, sessions, people, and the memory of it all."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


GUARDS = {
    "sqlite": [
        "CREATE TRIGGER events_no_{verb} BEFORE {VERB} ON events "
        "BEGIN SELECT RAISE(ABORT, 'events are never changed'); END",
    ],
    "postgresql": [
        "CREATE OR REPLACE FUNCTION events_never_change() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION 'events are never changed'; END $$",
        "CREATE OR REPLACE TRIGGER events_no_{verb} BEFORE {VERB} ON events "
        "FOR EACH STATEMENT EXECUTE FUNCTION events_never_change()",
    ],
}


def guard_events() -> None:
    """Refuse UPDATE and DELETE on events; to be called again after any batch that copied the table."""
    for verb in ("update", "delete"):
        for statement in GUARDS[op.get_bind().dialect.name]:
            op.execute(statement.format(verb=verb, VERB=verb.upper()))


def upgrade() -> None:
    op.create_table(
        "board_revisions",
        sa.Column("audience", sa.String(length=40), nullable=False),
        sa.Column("epoch", sa.String(length=12), nullable=False),
        sa.Column("n", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.PrimaryKeyConstraint("audience", name=op.f("pk_board_revisions")),
    )
    op.create_table(
        "counters",
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_counters")),
    )
    op.create_table(
        "divisions",
        sa.Column("code", sa.String(length=16), nullable=False),
        sa.Column("parent_code", sa.String(length=16), nullable=True),
        sa.Column(
            "level",
            sa.Enum(
                "county",
                "township",
                "village",
                name="division_level",
                native_enum=False,
                create_constraint=True,
                length=24,
            ),
            nullable=False,
        ),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("name_en", sa.String(length=80), nullable=True),
        sa.Column("sort_key", sa.String(length=120), nullable=False),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_divisions")),
        sa.UniqueConstraint("parent_code", "kind", "name", name=op.f("uq_divisions_parent_code_kind_name")),
    )
    op.create_index(op.f("ix_divisions_parent_code"), "divisions", ["parent_code"], unique=False)

    op.create_table(
        "event_heads",
        sa.Column("stream", sa.String(length=40), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("stream", name=op.f("pk_event_heads")),
    )
    op.create_table(
        "events",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("stream", sa.String(length=40), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("format", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("at", sa.String(length=27), nullable=False),
        sa.Column("actor_kind", sa.String(length=12), nullable=False),
        sa.Column("actor_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("actor_unit", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("subject_kind", sa.String(length=24), nullable=False),
        sa.Column("subject_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("facts", sa.Text(), nullable=False),
        sa.Column("prev_hash", sa.String(length=64), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_events")),
        sa.UniqueConstraint("stream", "seq", name=op.f("uq_events_stream_seq")),
    )
    op.create_index("ix_events_kind_at", "events", ["kind", "at"], unique=False)
    op.create_index("ix_events_subject", "events", ["subject_kind", "subject_id"], unique=False)

    op.create_table(
        "heartbeat",
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_heartbeat")),
    )
    op.create_table(
        "people",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("username", sa.String(length=40), nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("name_en", sa.String(length=80), nullable=True),
        sa.Column("sort_key", sa.String(length=200), nullable=False),
        sa.Column("password_hash", sa.String(length=200), nullable=False),
        sa.Column("must_change_password", sa.Boolean(), nullable=False),
        sa.Column("is_active", sa.Boolean(), nullable=False),
        sa.Column("rights_epoch", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("language", sa.String(length=16), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_people")),
        sa.UniqueConstraint("username", name=op.f("uq_people_username")),
    )
    op.create_table(
        "submissions",
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("location", sa.String(length=200), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_submissions")),
    )
    op.create_index("ix_submissions_at", "submissions", ["at"], unique=False)

    op.create_table(
        "throttles",
        sa.Column("key", sa.String(length=120), nullable=False),
        sa.Column("failures", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("locked_until", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_throttles")),
    )
    op.create_table(
        "units",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("parent_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("path", sa.String(length=120), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "district",
                "centre",
                "department",
                "township",
                "village",
                "committee",
                "court",
                "company",
                "organisation",
                name="unit_kind",
                native_enum=False,
                create_constraint=True,
                length=24,
            ),
            nullable=False,
        ),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("name_en", sa.String(length=160), nullable=True),
        sa.Column("sort_key", sa.String(length=200), nullable=False),
        sa.Column(
            "stationing",
            sa.Enum(
                "stationed",
                "rotating",
                "on_call",
                name="stationing",
                native_enum=False,
                create_constraint=True,
                length=24,
            ),
            nullable=False,
        ),
        sa.Column("division_code", sa.String(length=16), nullable=True),
        sa.Column("distance_km", sa.Float(), nullable=False),
        sa.Column("limit_minutes", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("telephone", sa.String(length=40), nullable=False),
        sa.Column("is_active", sa.Boolean(), nullable=False),
        sa.Column("version", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(["parent_id"], ["units.id"], name=op.f("fk_units_parent_id_units")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_units")),
        sa.UniqueConstraint("name", name=op.f("uq_units_name")),
    )
    op.create_index(op.f("ix_units_path"), "units", ["path"], unique=False)

    op.create_table(
        "centres",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("unit_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("code", sa.String(length=12), nullable=False),
        sa.Column("prefix", sa.String(length=12), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("name_en", sa.String(length=120), nullable=True),
        sa.Column("telephone", sa.String(length=40), nullable=False),
        sa.Column("address", sa.String(length=120), nullable=False),
        sa.Column("version", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(["unit_id"], ["units.id"], name=op.f("fk_centres_unit_id_units")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_centres")),
        sa.UniqueConstraint("code", name=op.f("uq_centres_code")),
        sa.UniqueConstraint("prefix", name=op.f("uq_centres_prefix")),
        sa.UniqueConstraint("unit_id", name=op.f("uq_centres_unit_id")),
    )
    op.create_table(
        "duty_turns",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("uid", sa.String(length=32), nullable=False),
        sa.Column("unit_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("person_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("post", sa.String(length=60), nullable=False),
        sa.Column("telephone_sealed", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_duty_turns_person_id_people")),
        sa.ForeignKeyConstraint(["unit_id"], ["units.id"], name=op.f("fk_duty_turns_unit_id_units")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_duty_turns")),
        sa.UniqueConstraint("unit_id", "day", name=op.f("uq_duty_turns_unit_id_day")),
    )
    op.create_table(
        "outbox",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("event_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("recipient_kind", sa.String(length=16), nullable=False),
        sa.Column("recipient_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("channel", sa.String(length=16), nullable=False),
        sa.Column("template", sa.String(length=40), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "pending",
                "claimed",
                "sent",
                "failed",
                "unknown",
                name="message_state",
                native_enum=False,
                create_constraint=True,
                length=24,
            ),
            nullable=False,
        ),
        sa.Column("attempts", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("not_before", sa.DateTime(timezone=True), nullable=False),
        sa.Column("lease_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("provider_ref", sa.String(length=120), nullable=False),
        sa.ForeignKeyConstraint(["event_id"], ["events.id"], name=op.f("fk_outbox_event_id_events")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outbox")),
        sa.UniqueConstraint(
            "event_id",
            "recipient_kind",
            "recipient_id",
            "channel",
            name=op.f("uq_outbox_event_id_recipient_kind_recipient_id_channel"),
        ),
    )
    op.create_index("ix_outbox_recipient", "outbox", ["recipient_kind", "recipient_id"], unique=False)
    op.create_index(
        "ix_outbox_waiting",
        "outbox",
        ["not_before"],
        unique=False,
        sqlite_where=sa.text("state IN ('pending', 'claimed')"),
        postgresql_where=sa.text("state IN ('pending', 'claimed')"),
    )

    op.create_table(
        "roles_held",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("person_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "role",
            sa.Enum(
                "clerk",
                "duty_leader",
                "centre_manager",
                "mediator",
                "officer",
                "unit_manager",
                "court_desk",
                "lawyer",
                "counsellor",
                "statistician",
                "system_admin",
                "security_admin",
                "audit_admin",
                name="role",
                native_enum=False,
                create_constraint=True,
                length=24,
            ),
            nullable=False,
        ),
        sa.Column("unit_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_roles_held_person_id_people")),
        sa.ForeignKeyConstraint(["unit_id"], ["units.id"], name=op.f("fk_roles_held_unit_id_units")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_roles_held")),
        sa.UniqueConstraint("person_id", "role", "unit_id", name=op.f("uq_roles_held_person_id_role_unit_id")),
    )
    op.create_table(
        "sessions",
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("person_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("rights_epoch", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("locked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("address", sa.String(length=45), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_sessions_person_id_people")),
        sa.PrimaryKeyConstraint("token_hash", name=op.f("pk_sessions")),
    )
    op.create_index("ix_sessions_person_id", "sessions", ["person_id"], unique=False)

    op.create_table(
        "unit_aliases",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("unit_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.ForeignKeyConstraint(["unit_id"], ["units.id"], name=op.f("fk_unit_aliases_unit_id_units")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_unit_aliases")),
        sa.UniqueConstraint("unit_id", "name", name=op.f("uq_unit_aliases_unit_id_name")),
    )
    op.create_index(op.f("ix_unit_aliases_name"), "unit_aliases", ["name"], unique=False)

    op.create_table(
        "categories",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("centre_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("parent_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("name_en", sa.String(length=80), nullable=True),
        sa.Column("non_public", sa.Boolean(), nullable=False),
        sa.Column("position", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("is_active", sa.Boolean(), nullable=False),
        sa.Column("version", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(["centre_id"], ["centres.id"], name=op.f("fk_categories_centre_id_centres")),
        sa.ForeignKeyConstraint(["parent_id"], ["categories.id"], name=op.f("fk_categories_parent_id_categories")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_categories")),
        sa.UniqueConstraint("centre_id", "parent_id", "name", name=op.f("uq_categories_centre_id_parent_id_name")),
    )
    op.create_table(
        "presiding_bodies",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("centre_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("unit_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column(
            "kind",
            sa.Enum(
                "people_committee",
                "industry_committee",
                "administrative",
                "court",
                "centre_witness",
                name="body_kind",
                native_enum=False,
                create_constraint=True,
                length=24,
            ),
            nullable=False,
        ),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("name_en", sa.String(length=160), nullable=True),
        sa.Column("register_prefix", sa.String(length=20), nullable=False),
        sa.Column("is_active", sa.Boolean(), nullable=False),
        sa.Column("version", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(["centre_id"], ["centres.id"], name=op.f("fk_presiding_bodies_centre_id_centres")),
        sa.ForeignKeyConstraint(["unit_id"], ["units.id"], name=op.f("fk_presiding_bodies_unit_id_units")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_presiding_bodies")),
        sa.UniqueConstraint("centre_id", "name", name=op.f("uq_presiding_bodies_centre_id_name")),
    )
    op.create_table(
        "rooms",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("centre_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("name_en", sa.String(length=60), nullable=True),
        sa.Column(
            "purpose",
            sa.Enum(
                "mediation",
                "legal_aid",
                "counselling",
                "video",
                name="room_purpose",
                native_enum=False,
                create_constraint=True,
                length=24,
            ),
            nullable=False,
        ),
        sa.Column("seats", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("floor", sa.String(length=20), nullable=False),
        sa.Column("position", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("is_active", sa.Boolean(), nullable=False),
        sa.Column("version", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(["centre_id"], ["centres.id"], name=op.f("fk_rooms_centre_id_centres")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rooms")),
        sa.UniqueConstraint("centre_id", "name", name=op.f("uq_rooms_centre_id_name")),
    )
    op.create_table(
        "settings",
        sa.Column("centre_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["centre_id"], ["centres.id"], name=op.f("fk_settings_centre_id_centres")),
        sa.PrimaryKeyConstraint("centre_id", "name", name=op.f("pk_settings")),
    )
    op.create_table(
        "category_units",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("category_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("unit_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("question", sa.String(length=200), nullable=False),
        sa.Column("position", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(
            ["category_id"], ["categories.id"], name=op.f("fk_category_units_category_id_categories")
        ),
        sa.ForeignKeyConstraint(["unit_id"], ["units.id"], name=op.f("fk_category_units_unit_id_units")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_category_units")),
        sa.UniqueConstraint("category_id", "unit_id", name=op.f("uq_category_units_category_id_unit_id")),
    )
    op.create_table(
        "disputes",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("centre_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("reference", sa.String(length=40), nullable=False),
        sa.Column("number", sa.String(length=40), nullable=False),
        sa.Column("category_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "status",
            sa.Enum(
                "registered",
                "declined",
                "accepted",
                "in_mediation",
                "suspended",
                "agreed",
                "not_agreed",
                "handed_over",
                "withdrawn",
                "closed",
                "archived",
                name="dispute_status",
                native_enum=False,
                create_constraint=True,
                length=24,
            ),
            nullable=False,
        ),
        sa.Column("version", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("demand", sa.Text(), nullable=False),
        sa.Column("facts", sa.Text(), nullable=False),
        sa.Column("amount_fen", sa.BigInteger(), nullable=True),
        sa.Column("non_public", sa.Boolean(), nullable=False),
        sa.Column("happened_on", sa.Date(), nullable=True),
        sa.Column("registered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("accepted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column(
            "closing_type",
            sa.Enum(
                "settled_written",
                "settled_oral",
                "performed",
                "reconciled",
                "ended",
                "to_court",
                "to_arbitration",
                "to_administration",
                "to_petition",
                "to_police",
                "explained",
                "declined",
                "merged",
                name="closing_type",
                native_enum=False,
                create_constraint=True,
                length=24,
            ),
            nullable=True,
        ),
        sa.Column("notice_given_on", sa.Date(), nullable=True),
        sa.Column("next_on", sa.Date(), nullable=True),
        sa.Column("on_board_since", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["category_id"], ["categories.id"], name=op.f("fk_disputes_category_id_categories")),
        sa.ForeignKeyConstraint(["centre_id"], ["centres.id"], name=op.f("fk_disputes_centre_id_centres")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_disputes")),
        sa.UniqueConstraint("number", name=op.f("uq_disputes_number")),
        sa.UniqueConstraint("reference", name=op.f("uq_disputes_reference")),
    )
    op.create_index(
        "ix_disputes_board",
        "disputes",
        ["centre_id", "on_board_since"],
        unique=False,
        sqlite_where=sa.text("on_board_since IS NOT NULL"),
        postgresql_where=sa.text("on_board_since IS NOT NULL"),
    )
    op.create_index("ix_disputes_centre_id_registered_at", "disputes", ["centre_id", "registered_at"], unique=False)
    op.create_index(
        "ix_disputes_open",
        "disputes",
        ["centre_id", "registered_at"],
        unique=False,
        sqlite_where=sa.text(
            "status IN ('accepted', 'agreed', 'handed_over', 'in_mediation', 'not_agreed', 'registered', 'suspended')"
        ),
        postgresql_where=sa.text(
            "status IN ('accepted', 'agreed', 'handed_over', 'in_mediation', 'not_agreed', 'registered', 'suspended')"
        ),
    )

    op.create_table(
        "screens",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("centre_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "face",
            sa.Enum("wall", "hall", "door", "code", name="face", native_enum=False, create_constraint=True, length=24),
            nullable=False,
        ),
        sa.Column("room_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("pairing_hash", sa.String(length=64), nullable=True),
        sa.Column("token_hash", sa.String(length=64), nullable=True),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("paired_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["centre_id"], ["centres.id"], name=op.f("fk_screens_centre_id_centres")),
        sa.ForeignKeyConstraint(["room_id"], ["rooms.id"], name=op.f("fk_screens_room_id_rooms")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_screens")),
        sa.UniqueConstraint("pairing_hash", name=op.f("uq_screens_pairing_hash")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_screens_token_hash")),
    )
    op.create_table(
        "assignments",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("dispute_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("person_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "duty",
            sa.Enum("mediator", "recorder", name="duty", native_enum=False, create_constraint=True, length=24),
            nullable=False,
        ),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["dispute_id"], ["disputes.id"], name=op.f("fk_assignments_dispute_id_disputes")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_assignments_person_id_people")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_assignments")),
    )
    op.create_index(
        "ix_assignments_person_id",
        "assignments",
        ["person_id"],
        unique=False,
        sqlite_where=sa.text("until IS NULL"),
        postgresql_where=sa.text("until IS NULL"),
    )
    op.create_index(
        "uq_assignments_now",
        "assignments",
        ["dispute_id", "duty"],
        unique=True,
        sqlite_where=sa.text("until IS NULL"),
        postgresql_where=sa.text("until IS NULL"),
    )

    op.create_table(
        "board_changes",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("audience", sa.String(length=40), nullable=False),
        sa.Column("n", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("dispute_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(["dispute_id"], ["disputes.id"], name=op.f("fk_board_changes_dispute_id_disputes")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_board_changes")),
    )
    op.create_index("ix_board_changes_audience_n", "board_changes", ["audience", "n"], unique=False)

    op.create_table(
        "claims",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("dispute_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("position", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["dispute_id"], ["disputes.id"], name=op.f("fk_claims_dispute_id_disputes")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_claims")),
    )
    op.create_index(op.f("ix_claims_dispute_id"), "claims", ["dispute_id"], unique=False)

    op.create_table(
        "dispute_units",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("dispute_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("unit_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "part",
            sa.Enum(
                "holder",
                "lead",
                "helper",
                "called",
                "giver",
                "court",
                "aid",
                name="part",
                native_enum=False,
                create_constraint=True,
                length=24,
            ),
            nullable=False,
        ),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["dispute_id"], ["disputes.id"], name=op.f("fk_dispute_units_dispute_id_disputes")),
        sa.ForeignKeyConstraint(["unit_id"], ["units.id"], name=op.f("fk_dispute_units_unit_id_units")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_dispute_units")),
    )
    op.create_index("ix_dispute_units_dispute_id", "dispute_units", ["dispute_id", "unit_id"], unique=False)
    op.create_index("ix_dispute_units_unit_id", "dispute_units", ["unit_id", "dispute_id"], unique=False)

    op.create_table(
        "mediation_sessions",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("dispute_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "nature",
            sa.Enum(
                "peoples",
                "industry",
                "administrative",
                "court_entrusted",
                "petition",
                "witnessed",
                name="nature",
                native_enum=False,
                create_constraint=True,
                length=24,
            ),
            nullable=False,
        ),
        sa.Column("body_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("room_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("mediator_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("recorder_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column(
            "outcome",
            sa.Enum(
                "agreed",
                "handed_over",
                "not_agreed",
                "suspended",
                "withdrawn",
                name="outcome",
                native_enum=False,
                create_constraint=True,
                length=24,
            ),
            nullable=True,
        ),
        sa.Column("on_site", sa.Boolean(), nullable=False),
        sa.Column(
            "ground",
            sa.Enum(
                "refused",
                "gap",
                "unreachable",
                "time_out",
                "unsigned",
                "other",
                name="ground",
                native_enum=False,
                create_constraint=True,
                length=24,
            ),
            nullable=True,
        ),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("routes_told", sa.Boolean(), nullable=False),
        sa.Column("version", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(
            ["body_id"], ["presiding_bodies.id"], name=op.f("fk_mediation_sessions_body_id_presiding_bodies")
        ),
        sa.ForeignKeyConstraint(
            ["dispute_id"], ["disputes.id"], name=op.f("fk_mediation_sessions_dispute_id_disputes")
        ),
        sa.ForeignKeyConstraint(["mediator_id"], ["people.id"], name=op.f("fk_mediation_sessions_mediator_id_people")),
        sa.ForeignKeyConstraint(["recorder_id"], ["people.id"], name=op.f("fk_mediation_sessions_recorder_id_people")),
        sa.ForeignKeyConstraint(["room_id"], ["rooms.id"], name=op.f("fk_mediation_sessions_room_id_rooms")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mediation_sessions")),
    )
    op.create_index("ix_mediation_sessions_dispute_id", "mediation_sessions", ["dispute_id"], unique=False)
    op.create_index(
        "uq_mediation_sessions_open",
        "mediation_sessions",
        ["dispute_id"],
        unique=True,
        sqlite_where=sa.text("ended_at IS NULL"),
        postgresql_where=sa.text("ended_at IS NULL"),
    )

    op.create_table(
        "remarks",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("dispute_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "about",
            sa.Enum(
                "accept",
                "decline",
                "open_mediation",
                "suspend",
                "resume",
                "agree",
                "end_without",
                "hand_over",
                "take_back",
                "withdraw",
                "close",
                "archive",
                "reopen",
                name="move",
                native_enum=False,
                create_constraint=True,
                length=24,
            ),
            nullable=False,
        ),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.ForeignKeyConstraint(["dispute_id"], ["disputes.id"], name=op.f("fk_remarks_dispute_id_disputes")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_remarks")),
    )
    op.create_index("ix_remarks_dispute_id", "remarks", ["dispute_id"], unique=False)

    op.create_table(
        "risk_ticks",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("dispute_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "risk",
            sa.Enum(
                "violence",
                "weapon",
                "threat",
                "domestic",
                "agitated",
                "public_opinion",
                "vulnerable",
                "police_before",
                name="risk",
                native_enum=False,
                create_constraint=True,
                length=24,
            ),
            nullable=False,
        ),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.ForeignKeyConstraint(["dispute_id"], ["disputes.id"], name=op.f("fk_risk_ticks_dispute_id_disputes")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_risk_ticks")),
        sa.UniqueConstraint("dispute_id", "risk", name=op.f("uq_risk_ticks_dispute_id_risk")),
    )
    op.create_table(
        "room_uses",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("room_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("dispute_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["dispute_id"], ["disputes.id"], name=op.f("fk_room_uses_dispute_id_disputes")),
        sa.ForeignKeyConstraint(["room_id"], ["rooms.id"], name=op.f("fk_room_uses_room_id_rooms")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_room_uses")),
    )
    op.create_index("ix_room_uses_dispute_id", "room_uses", ["dispute_id"], unique=False)
    op.create_index(
        "uq_room_uses_now",
        "room_uses",
        ["room_id"],
        unique=True,
        sqlite_where=sa.text("until IS NULL"),
        postgresql_where=sa.text("until IS NULL"),
    )

    op.create_table(
        "visits",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("centre_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("dispute_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column(
            "purpose",
            sa.Enum(
                "new",
                "follow_up",
                "supplement",
                "urge",
                "consultation",
                name="visit_purpose",
                native_enum=False,
                create_constraint=True,
                length=24,
            ),
            nullable=False,
        ),
        sa.Column(
            "channel",
            sa.Enum(
                "window",
                "telephone",
                "petition",
                "hotline",
                "township",
                "village",
                "village_own",
                "police",
                "court",
                "patrol",
                name="channel",
                native_enum=False,
                create_constraint=True,
                length=24,
            ),
            nullable=False,
        ),
        sa.Column("from_division", sa.String(length=16), nullable=True),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("queue_number", sa.String(length=8), nullable=False),
        sa.Column("arrived_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("head_count", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("representatives", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("taken_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("called_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["centre_id"], ["centres.id"], name=op.f("fk_visits_centre_id_centres")),
        sa.ForeignKeyConstraint(["dispute_id"], ["disputes.id"], name=op.f("fk_visits_dispute_id_disputes")),
        sa.ForeignKeyConstraint(["taken_by_id"], ["people.id"], name=op.f("fk_visits_taken_by_id_people")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_visits")),
        sa.UniqueConstraint("centre_id", "day", "queue_number", name=op.f("uq_visits_centre_id_day_queue_number")),
    )
    op.create_index("ix_visits_centre_id_day", "visits", ["centre_id", "day"], unique=False)
    op.create_index("ix_visits_dispute_id", "visits", ["dispute_id"], unique=False)

    op.create_table(
        "whistles",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("dispute_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("round", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "level",
            sa.Enum(
                "ordinary",
                "urgent",
                "appointment",
                "video",
                name="level",
                native_enum=False,
                create_constraint=True,
                length=24,
            ),
            nullable=False,
        ),
        sa.Column("room_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("sounded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sounded_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("appointed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("note", sa.String(length=200), nullable=False),
        sa.ForeignKeyConstraint(["dispute_id"], ["disputes.id"], name=op.f("fk_whistles_dispute_id_disputes")),
        sa.ForeignKeyConstraint(["room_id"], ["rooms.id"], name=op.f("fk_whistles_room_id_rooms")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_whistles")),
        sa.UniqueConstraint("dispute_id", "round", name=op.f("uq_whistles_dispute_id_round")),
    )
    op.create_index("ix_whistles_dispute_id", "whistles", ["dispute_id"], unique=False)

    op.create_table(
        "agreements",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("session_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "form",
            sa.Enum("written", "oral", name="agreement_form", native_enum=False, create_constraint=True, length=24),
            nullable=False,
        ),
        sa.Column("is_partial", sa.Boolean(), nullable=False),
        sa.Column("performed_at_once", sa.Boolean(), nullable=False),
        sa.Column("default_clause", sa.Text(), nullable=False),
        sa.Column("concluded_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["session_id"], ["mediation_sessions.id"], name=op.f("fk_agreements_session_id_mediation_sessions")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agreements")),
        sa.UniqueConstraint("session_id", name=op.f("uq_agreements_session_id")),
    )
    op.create_table(
        "callouts",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("uid", sa.String(length=32), nullable=False),
        sa.Column("whistle_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("dispute_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("unit_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("question", sa.String(length=200), nullable=False),
        sa.Column("limit_minutes", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("sounded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("delivered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("acknowledged_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("on_the_way_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("arrived_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column(
            "arrival_method",
            sa.Enum(
                "code",
                "qr",
                "desk",
                "mediator",
                "recorder",
                "video",
                name="arrival_method",
                native_enum=False,
                create_constraint=True,
                length=24,
            ),
            nullable=True,
        ),
        sa.Column("arrival_step", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("arrival_confirmed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("released_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("stood_down_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("stand_down_reason", sa.String(length=200), nullable=False),
        sa.Column("correction_reason", sa.String(length=200), nullable=False),
        sa.Column("officer_name", sa.String(length=60), nullable=False),
        sa.Column("officer_post", sa.String(length=60), nullable=False),
        sa.Column("officer_phone_sealed", sa.LargeBinary(), nullable=True),
        sa.Column(
            "result",
            sa.Enum(
                "answered",
                "taken_back",
                "needs_authority",
                name="answer_result",
                native_enum=False,
                create_constraint=True,
                length=24,
            ),
            nullable=True,
        ),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("answer_due_on", sa.Date(), nullable=True),
        sa.Column("wrong_codes", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("link_number", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("version", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(["dispute_id"], ["disputes.id"], name=op.f("fk_callouts_dispute_id_disputes")),
        sa.ForeignKeyConstraint(["unit_id"], ["units.id"], name=op.f("fk_callouts_unit_id_units")),
        sa.ForeignKeyConstraint(["whistle_id"], ["whistles.id"], name=op.f("fk_callouts_whistle_id_whistles")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_callouts")),
    )
    op.create_index("ix_callouts_dispute_id", "callouts", ["dispute_id"], unique=False)
    op.create_index(
        "ix_callouts_unit_open",
        "callouts",
        ["unit_id"],
        unique=False,
        sqlite_where=sa.text("released_at IS NULL AND stood_down_at IS NULL"),
        postgresql_where=sa.text("released_at IS NULL AND stood_down_at IS NULL"),
    )
    op.create_index("ix_callouts_whistle_id", "callouts", ["whistle_id"], unique=False)
    op.create_index(
        "uq_callouts_open",
        "callouts",
        ["dispute_id", "unit_id"],
        unique=True,
        sqlite_where=sa.text("released_at IS NULL AND stood_down_at IS NULL"),
        postgresql_where=sa.text("released_at IS NULL AND stood_down_at IS NULL"),
    )

    op.create_table(
        "hand_overs",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("dispute_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("session_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("unit_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("person", sa.String(length=60), nullable=False),
        sa.Column("post", sa.String(length=60), nullable=False),
        sa.Column("matter", sa.Text(), nullable=False),
        sa.Column("reply_by", sa.Date(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("replied_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reply", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["dispute_id"], ["disputes.id"], name=op.f("fk_hand_overs_dispute_id_disputes")),
        sa.ForeignKeyConstraint(
            ["session_id"], ["mediation_sessions.id"], name=op.f("fk_hand_overs_session_id_mediation_sessions")
        ),
        sa.ForeignKeyConstraint(["unit_id"], ["units.id"], name=op.f("fk_hand_overs_unit_id_units")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hand_overs")),
    )
    op.create_index(op.f("ix_hand_overs_dispute_id"), "hand_overs", ["dispute_id"], unique=False)

    op.create_table(
        "parties",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("uid", sa.String(length=32), nullable=False),
        sa.Column("dispute_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("visit_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column(
            "side",
            sa.Enum(
                "applicant", "respondent", "third", name="side", native_enum=False, create_constraint=True, length=24
            ),
            nullable=False,
        ),
        sa.Column(
            "kind",
            sa.Enum("person", "organisation", name="party_kind", native_enum=False, create_constraint=True, length=24),
            nullable=False,
        ),
        sa.Column("position", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("name_key", sa.String(length=200), nullable=False),
        sa.Column("sex", sa.String(length=8), nullable=False),
        sa.Column("birth", sa.Date(), nullable=True),
        sa.Column("ethnic_group", sa.String(length=20), nullable=False),
        sa.Column("interpreter", sa.String(length=40), nullable=False),
        sa.Column("credit_code", sa.String(length=18), nullable=False),
        sa.Column("contact", sa.String(length=60), nullable=False),
        sa.Column("division_code", sa.String(length=16), nullable=True),
        sa.Column("amount_fen", sa.BigInteger(), nullable=True),
        sa.Column("represents_others", sa.Boolean(), nullable=False),
        sa.Column("id_number_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("id_number_index", sa.String(length=64), nullable=True),
        sa.Column("phone_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("phone_index", sa.String(length=64), nullable=True),
        sa.Column("address_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("version", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.CheckConstraint("dispute_id IS NOT NULL OR visit_id IS NOT NULL", name=op.f("ck_parties_belongs")),
        sa.ForeignKeyConstraint(["dispute_id"], ["disputes.id"], name=op.f("fk_parties_dispute_id_disputes")),
        sa.ForeignKeyConstraint(["visit_id"], ["visits.id"], name=op.f("fk_parties_visit_id_visits")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_parties")),
        sa.UniqueConstraint("uid", name=op.f("uq_parties_uid")),
    )
    op.create_index("ix_parties_dispute_id", "parties", ["dispute_id"], unique=False)
    op.create_index("ix_parties_id_number_index", "parties", ["id_number_index"], unique=False)
    op.create_index("ix_parties_name_key", "parties", ["name_key"], unique=False)
    op.create_index("ix_parties_phone_index", "parties", ["phone_index"], unique=False)
    op.create_index("ix_parties_visit_id", "parties", ["visit_id"], unique=False)

    op.create_table(
        "statements",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("session_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("speaker", sa.String(length=200), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.ForeignKeyConstraint(
            ["session_id"], ["mediation_sessions.id"], name=op.f("fk_statements_session_id_mediation_sessions")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_statements")),
    )
    op.create_index(op.f("ix_statements_session_id"), "statements", ["session_id"], unique=False)

    op.create_table(
        "visit_prints",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("visit_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("number", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("code_index", sa.String(length=64), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["visit_id"], ["visits.id"], name=op.f("fk_visit_prints_visit_id_visits")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_visit_prints")),
        sa.UniqueConstraint("code_index", name=op.f("uq_visit_prints_code_index")),
        sa.UniqueConstraint("visit_id", "number", name=op.f("uq_visit_prints_visit_id_number")),
    )
    op.create_table(
        "invitations",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("dispute_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("party_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("who", sa.String(length=80), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "phone_result",
            sa.Enum(
                "coming",
                "agent",
                "another_day",
                "no_answer",
                "refused",
                name="phone_result",
                native_enum=False,
                create_constraint=True,
                length=24,
            ),
            nullable=True,
        ),
        sa.Column("noted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("expected_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("arrived_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["dispute_id"], ["disputes.id"], name=op.f("fk_invitations_dispute_id_disputes")),
        sa.ForeignKeyConstraint(["party_id"], ["parties.id"], name=op.f("fk_invitations_party_id_parties")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_invitations")),
        sa.UniqueConstraint("dispute_id", "party_id", name=op.f("uq_invitations_dispute_id_party_id")),
    )
    op.create_index(op.f("ix_invitations_dispute_id"), "invitations", ["dispute_id"], unique=False)

    op.create_table(
        "objections",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("callout_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "channel",
            sa.Enum(
                "link", "telephone", name="objection_channel", native_enum=False, create_constraint=True, length=24
            ),
            nullable=False,
        ),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("basis", sa.String(length=200), nullable=False),
        sa.Column("raised_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("upheld", sa.Boolean(), nullable=True),
        sa.Column("decided_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.ForeignKeyConstraint(["callout_id"], ["callouts.id"], name=op.f("fk_objections_callout_id_callouts")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_objections")),
    )
    op.create_index(op.f("ix_objections_callout_id"), "objections", ["callout_id"], unique=False)

    op.create_table(
        "participants",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("session_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("party_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("callout_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("capacity", sa.String(length=60), nullable=False),
        sa.ForeignKeyConstraint(["callout_id"], ["callouts.id"], name=op.f("fk_participants_callout_id_callouts")),
        sa.ForeignKeyConstraint(["party_id"], ["parties.id"], name=op.f("fk_participants_party_id_parties")),
        sa.ForeignKeyConstraint(
            ["session_id"], ["mediation_sessions.id"], name=op.f("fk_participants_session_id_mediation_sessions")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_participants")),
    )
    op.create_index(op.f("ix_participants_session_id"), "participants", ["session_id"], unique=False)

    op.create_table(
        "representatives",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("party_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "agent",
                "legal",
                "guardian",
                "elected",
                name="representative_kind",
                native_enum=False,
                create_constraint=True,
                length=24,
            ),
            nullable=False,
        ),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("authority", sa.String(length=120), nullable=False),
        sa.ForeignKeyConstraint(["party_id"], ["parties.id"], name=op.f("fk_representatives_party_id_parties")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_representatives")),
    )
    op.create_index(op.f("ix_representatives_party_id"), "representatives", ["party_id"], unique=False)

    op.create_table(
        "terms",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("agreement_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("position", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("payer", sa.String(length=200), nullable=False),
        sa.Column("payee", sa.String(length=200), nullable=False),
        sa.Column("amount_fen", sa.BigInteger(), nullable=True),
        sa.Column("act", sa.Text(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("performed_on", sa.Date(), nullable=True),
        sa.CheckConstraint("(amount_fen IS NULL) <> (act = '')", name=op.f("ck_terms_pay_or_act")),
        sa.ForeignKeyConstraint(["agreement_id"], ["agreements.id"], name=op.f("fk_terms_agreement_id_agreements")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_terms")),
    )
    op.create_index(op.f("ix_terms_agreement_id"), "terms", ["agreement_id"], unique=False)
    guard_events()


def downgrade() -> None:
    op.drop_index(op.f("ix_terms_agreement_id"), table_name="terms")

    op.drop_table("terms")
    op.drop_index(op.f("ix_representatives_party_id"), table_name="representatives")

    op.drop_table("representatives")
    op.drop_index(op.f("ix_participants_session_id"), table_name="participants")

    op.drop_table("participants")
    op.drop_index(op.f("ix_objections_callout_id"), table_name="objections")

    op.drop_table("objections")
    op.drop_index(op.f("ix_invitations_dispute_id"), table_name="invitations")

    op.drop_table("invitations")
    op.drop_table("visit_prints")
    op.drop_index(op.f("ix_statements_session_id"), table_name="statements")

    op.drop_table("statements")
    op.drop_index("ix_parties_visit_id", table_name="parties")
    op.drop_index("ix_parties_phone_index", table_name="parties")
    op.drop_index("ix_parties_name_key", table_name="parties")
    op.drop_index("ix_parties_id_number_index", table_name="parties")
    op.drop_index("ix_parties_dispute_id", table_name="parties")

    op.drop_table("parties")
    op.drop_index(op.f("ix_hand_overs_dispute_id"), table_name="hand_overs")

    op.drop_table("hand_overs")
    op.drop_index("uq_callouts_open", table_name="callouts")
    op.drop_index("ix_callouts_whistle_id", table_name="callouts")
    op.drop_index("ix_callouts_unit_open", table_name="callouts")
    op.drop_index("ix_callouts_dispute_id", table_name="callouts")

    op.drop_table("callouts")
    op.drop_table("agreements")
    op.drop_index("ix_whistles_dispute_id", table_name="whistles")

    op.drop_table("whistles")
    op.drop_index("ix_visits_dispute_id", table_name="visits")
    op.drop_index("ix_visits_centre_id_day", table_name="visits")

    op.drop_table("visits")
    op.drop_index("uq_room_uses_now", table_name="room_uses")
    op.drop_index("ix_room_uses_dispute_id", table_name="room_uses")

    op.drop_table("room_uses")
    op.drop_table("risk_ticks")
    op.drop_index("ix_remarks_dispute_id", table_name="remarks")

    op.drop_table("remarks")
    op.drop_index("uq_mediation_sessions_open", table_name="mediation_sessions")
    op.drop_index("ix_mediation_sessions_dispute_id", table_name="mediation_sessions")

    op.drop_table("mediation_sessions")
    op.drop_index("ix_dispute_units_unit_id", table_name="dispute_units")
    op.drop_index("ix_dispute_units_dispute_id", table_name="dispute_units")

    op.drop_table("dispute_units")
    op.drop_index(op.f("ix_claims_dispute_id"), table_name="claims")

    op.drop_table("claims")
    op.drop_index("ix_board_changes_audience_n", table_name="board_changes")

    op.drop_table("board_changes")
    op.drop_index("uq_assignments_now", table_name="assignments")
    op.drop_index("ix_assignments_person_id", table_name="assignments")

    op.drop_table("assignments")
    op.drop_table("screens")
    op.drop_index("ix_disputes_open", table_name="disputes")
    op.drop_index("ix_disputes_centre_id_registered_at", table_name="disputes")
    op.drop_index("ix_disputes_board", table_name="disputes")

    op.drop_table("disputes")
    op.drop_table("category_units")
    op.drop_table("settings")
    op.drop_table("rooms")
    op.drop_table("presiding_bodies")
    op.drop_table("categories")
    op.drop_index(op.f("ix_unit_aliases_name"), table_name="unit_aliases")

    op.drop_table("unit_aliases")
    op.drop_index("ix_sessions_person_id", table_name="sessions")

    op.drop_table("sessions")
    op.drop_table("roles_held")
    op.drop_index("ix_outbox_waiting", table_name="outbox")
    op.drop_index("ix_outbox_recipient", table_name="outbox")

    op.drop_table("outbox")
    op.drop_table("duty_turns")
    op.drop_table("centres")
    op.drop_index(op.f("ix_units_path"), table_name="units")

    op.drop_table("units")
    op.drop_table("throttles")
    op.drop_index("ix_submissions_at", table_name="submissions")

    op.drop_table("submissions")
    op.drop_table("people")
    op.drop_table("heartbeat")
    op.drop_index("ix_events_subject", table_name="events")
    op.drop_index("ix_events_kind_at", table_name="events")

    op.drop_table("events")
    op.drop_table("event_heads")
    op.drop_index(op.f("ix_divisions_parent_code"), table_name="divisions")

    op.drop_table("divisions")
    op.drop_table("counters")
    op.drop_table("board_revisions")
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP FUNCTION events_never_change()")
