"""The second wall: in a world full of other people's rows, an agency's SQL finds only its own."""

import pytest
from django.db import connection, transaction
from django.db.utils import DatabaseError, ProgrammingError

from havre.identifiers.reads import token_of
from havre.identifiers.rules.words import Kind
from havre.plumbing import ids
from havre.plumbing.context import acting_as
from havre.plumbing.scopes import Context, Scope
from tests.house.dispatches_at_doors import is_refused
from tests.house.sheets_at_doors import guests
from tests.house.splits_at_doors import KEPT_BACK, SPLITS

# Tables that belong to nobody, and why they may stand without a policy.
WITHOUT_TENANT = {
    "account_emailaddress": "allauth's; Havre keeps no addresses in it",
    "account_emailconfirmation": "allauth's; unused",
    "agencies_agency": "the directory is public reference data",
    "agencies_officer": "sign-in reads it before anybody is anybody",
    "agencies_provider": "the wire's key is looked up before anybody is anybody",
    "agencies_providerkey": "keyed digests of wire credentials; they open before anyone is anyone",
    "agencies_signinfailure": "keyed digests and counts; no person, no network",
    "agencies_spentcode": "keyed digests of second-factor codes that were used",
    "auth_group": "Django's; unused",
    "auth_group_permissions": "Django's; unused",
    "auth_permission": "Django's; unused",
    "django_content_type": "Django's list of models",
    "django_migrations": "which migrations have run",
    "django_session": "sessions are opened by an unguessable key",
    "intake_draft": "ciphertext whose key is in the writer's cookie alone; gone after an hour",
    "mfa_authenticator": "second factors are read while signing in",
    "records_pace": "how fast keys of record systems ask: ids, counts and moments",
    "procrastinate_events": "the job queue: ids only",
    "procrastinate_jobs": "the job queue: arguments are ids",
    "procrastinate_periodic_defers": "the job queue: times",
    "procrastinate_workers": "the job queue: heartbeats",
}

# An agency's own cases, and those that another works on together with it.
CASE_OF = (
    "%s IN (SELECT id FROM cases_case WHERE agency_id = %%(agency)s::uuid UNION SELECT case_id"
    " FROM cases_grant WHERE to_agency_id = %%(agency)s::uuid)"
)
OF_ITS_REPORTS = "report_id = ANY(%(mine)s) AND (agency_id = %(agency)s::uuid OR agency_id IS NULL)"
# What an agency finds in each table, given the reports that were shared with it (%(mine)s) and
# who it is (%(agency)s). The access policy as a table that a lawyer could check.
ITS_OWN = {
    **dict.fromkeys(("alike_alike", "alike_clue", "annual_annualtext"), "false"),
    **SPLITS,
    **dict.fromkeys(("filters_savedfilter", "filters_start"), "false"),
    **dict.fromkeys(("intake_closure", "intake_filing", "intake_filingfile"), "false"),
    **dict.fromkeys(("abroad_assessment", "abroad_exchange", "abroad_letter"), "false"),
    "abroad_link": "false",
    "audit_entry": "agency = %(agency)s",
    "bulk_row": "false",
    "bulk_upload": "false",
    "bundles_bundle": "false",
    "bundles_outline": "false",
    "bulletins_mark": "agency_id = %(agency)s::uuid",
    # What hangs on the boards of the compartments that its officers hold.
    "bulletins_notice": "compartment = 'general'",
    "cases_case": CASE_OF % "id",
    "cases_caseexhibit": CASE_OF % "case_id",
    "cases_casereport": CASE_OF % "case_id",
    "cases_counter": "agency_id = %(agency)s::uuid",
    "cases_grant": "%(agency)s::uuid IN (from_agency_id, to_agency_id)",
    "cases_member": CASE_OF % "case_id",
    "cases_namekey": CASE_OF % "case_id",
    "cases_note": CASE_OF % "case_id",
    "cases_noteword": CASE_OF % "case_id",
    "cases_person": CASE_OF % "case_id",
    "cases_personidentifier": CASE_OF % "case_id",
    "cases_task": CASE_OF % "case_id",
    "classifying_classification": "false",
    "duty_shift": "agency_id = %(agency)s::uuid",
    "dispatches_dispatch": "false",
    "dispatches_passage": "false",
    "enclosures_enclosure": "false",
    "passing_passeddocument": "to_agency_id = %(agency)s::uuid",
    "passing_fetch": "document_id IN (SELECT id FROM passing_passeddocument"
    " WHERE to_agency_id = %(agency)s::uuid)",
    "evidence_recordkey": "recipient IN ('agency:' || %(agency)s, 'board:general')",
    "identifiers_hush": "false",
    "identity_identitygrant": "agency_id = %(agency)s::uuid AND ended_at IS NULL",
    "identifiers_record": "id = ANY(%(mine)s)",
    "identifiers_unnoted": "false",
    "intake_answeredrequest": "false",
    "intake_partner": "false",
    "intake_receipt": "false",
    "intake_release": "agency_id = %(agency)s::uuid",
    "intake_report": "id = ANY(%(mine)s)",
    "intake_share": "agency_id = %(agency)s::uuid",
    "intake_stage": "report_id = ANY(%(mine)s)",
    "intake_token": "false",
    **dict.fromkeys(("links_judgement", "links_member", "links_name"), "false"),
    **dict.fromkeys(("links_proposal", "links_value"), "false"),
    **dict.fromkeys(("resolving_likeness", "resolving_run"), "false"),
    "mirrors_answer": "false",
    "mirrors_copy": "false",
    "mirrors_mirror": "false",
    "notices_bell": "agency_id = %(agency)s::uuid",
    "notices_news": "false",
    "notices_notice": "agency_id = %(agency)s::uuid",
    "records_repeat": "agency_id = %(agency)s::uuid",
    "records_systemkey": "agency_id = %(agency)s::uuid",
    # The policy that reports are ranked by, and those it was before; no draft, no proposal.
    "policies_proposal": "activated_at IS NOT NULL",
    "policies_seen": "false",
    "policies_simulation": "false",
    "paging_call": "page_id IN (SELECT id FROM paging_page WHERE agency_id = %(agency)s::uuid)",
    "paging_page": "agency_id IS NOT DISTINCT FROM %(agency)s::uuid",
    "paging_reach": "officer_id IN (SELECT id FROM agencies_officer"
    " WHERE agency_id = %(agency)s::uuid)",
    "secondments_secondment": "%(agency)s::uuid IN (home_id, host_id, spoken_for_by_id)",
    "referrals_agencykey": "agency_id = %(agency)s::uuid",
    "operations_operation": "agency_id = %(agency)s::uuid OR id IN (SELECT operation_id FROM"
    " operations_partner WHERE agency_id = %(agency)s::uuid)",
    "operations_partner": "%(agency)s::uuid IN (agency_id, lead_id)",
    "operations_target": "%(agency)s::uuid IN (agency_id, from_agency_id)",
    "referrals_alarm": "agency_id = %(agency)s::uuid",
    "intake_conflict": "false",
    "interpreting_wanted": "false",
    **dict.fromkeys(("law_addressreport", "law_deemed", "law_incidentnotice"), "false"),
    **dict.fromkeys(("law_preservation", "sheets_handedback", "sheets_sheet"), "false"),
    "notifications_notification": "agency_id = %(agency)s::uuid",
    "notifications_opening": "agency_id = %(agency)s::uuid",
    # What the desk asks of a report that an agency has, the agency reads too.
    "questions_keepup": OF_ITS_REPORTS,
    "questions_question": OF_ITS_REPORTS,
    "referrals_outcome": "referral_id IN (SELECT id FROM referrals_referral"
    " WHERE to_agency_id = %(agency)s::uuid)",
    "referrals_package": "referral_id IN (SELECT id FROM referrals_referral"
    " WHERE to_agency_id = %(agency)s::uuid)",
    "referrals_referral": "to_agency_id = %(agency)s::uuid AND state <> 'undone'",
    "referrals_remark": "referral_id IN (SELECT id FROM referrals_referral"
    " WHERE to_agency_id = %(agency)s::uuid AND state <> 'undone')",
    "shifts_handover": "false",
    **dict.fromkeys(("resuming_piece", "resuming_upload"), "false"),
    "thin_fieldsasked": "false",
    "thin_thinreport": "false",
    "triage_closing": "false",
    "requests_legalrequest": CASE_OF % "case_id",
    "triage_override": "false",
    "triage_queueitem": "false",
    "triage_suggestion": "false",
    "webhooks_delivery": "agency_id = %(agency)s::uuid",
    "webhooks_endpoint": "agency_id = %(agency)s::uuid",
    "watches_hit": "agency_id = %(agency)s::uuid AND hushed_at IS NULL AND is_told",
    "watches_hush": "false",
    "silent_silentalert": "agency_id = %(agency)s::uuid AND hushed_at IS NULL",
    "silent_silentwatch": "agency_id = %(agency)s::uuid",
    "watches_notice": "false",
    "xarf_sender": "false",
    "xarf_taken": "false",
    "watches_watch": "agency_id = %(agency)s::uuid",
}
# An addressee marks its own referrals as opened, accepted, returned; an agency works on its cases.
# Nothing else is its to change.
ITS_OWN_TO_CHANGE = {
    "cases_case",
    "cases_counter",
    "cases_grant",
    "cases_member",
    "cases_task",
    "operations_operation",
    "operations_partner",
    "operations_target",
    "intake_release",
    "questions_keepup",
    "questions_question",
    "notices_bell",
    *("records_repeat", "secondments_secondment"),
    "records_systemkey",
    "referrals_agencykey",
    "duty_shift",
    "paging_reach",
    "referrals_alarm",
    "referrals_referral",
    "requests_legalrequest",
    "silent_silentalert",
    "silent_silentwatch",
    "watches_hit",
    "webhooks_delivery",
    "webhooks_endpoint",
    "watches_watch",
}
WORK = Context(actor="test", scope=Scope.WORK)


def rows(sql: str, values: object = None) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return cursor.fetchall()


def tables() -> list[str]:
    return [
        name
        for (name,) in rows(
            "SELECT c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace"
            " WHERE n.nspname = 'public' AND c.relkind IN ('r', 'p') ORDER BY 1"
        )
    ]


def key_of(table: str) -> str:
    return rows(
        "SELECT a.attname FROM pg_index i JOIN pg_attribute a"
        " ON a.attrelid = i.indrelid AND a.attnum = ANY(i.indkey)"
        " WHERE i.indrelid = %s::regclass AND i.indisprimary",
        [table],
    )[0][0]


def test_every_table_is_walled_or_has_a_reason_not_to_be(db):
    assert set(tables()) == set(ITS_OWN) | set(WITHOUT_TENANT)


def test_every_wall_is_forced_and_every_policy_names_who_acts(db):
    for table in ITS_OWN:
        enabled, forced = rows(
            "SELECT relrowsecurity, relforcerowsecurity FROM pg_class WHERE oid = %s::regclass",
            [table],
        )[0]
        assert enabled, table
        assert forced, table
        policies = rows(
            "SELECT policyname, coalesce(qual, '') || coalesce(with_check, '')"
            " FROM pg_policies WHERE tablename = %s",
            [table],
        )
        assert policies, table
        for name, condition in policies:
            assert "havre." in condition, name


def test_the_web_s_account_owns_nothing_and_passes_no_wall(db):
    assert rows("SELECT count(*) FROM pg_tables WHERE tableowner = current_user") == [(0,)]
    assert rows("SELECT rolsuper, rolbypassrls FROM pg_roles WHERE rolname = current_user") == [
        (False, False)
    ]


def test_no_question_is_compiled_before_it_is_answered(db):
    assert rows("SHOW jit") == [("off",)]


def test_an_agency_finds_exactly_its_own_rows(world):
    for agency, officer in world.officers.items():
        values = {"agency": str(agency.pk), "mine": world.reports_of(agency)}
        for table, its_own in ITS_OWN.items():
            key = key_of(table)
            with acting_as(WORK):
                everything = set(rows(f"SELECT {key} FROM {table}"))
                expected = set(rows(f"SELECT {key} FROM {table} WHERE {its_own}", values))
            assert everything, f"{table} is empty: this test would prove nothing"
            assert expected != everything, f"{table} holds no row of anybody else"
            with acting_as(officer.context):
                assert set(rows(f"SELECT {key} FROM {table}")) == expected, table


def test_whom_a_word_tells_of_that_was_kept_back_the_desk_alone_finds(world):
    token = token_of(Kind.EMAIL, f"{KEPT_BACK}@example.com")
    for officer in (world.analyst, *world.officers.values()):
        with acting_as(officer.context):
            found = rows("SELECT 1 FROM identifiers_mention WHERE token = %s", [token])
            assert bool(found) is (officer == world.analyst)


def test_a_clerk_abroad_or_an_interpreter_finds_what_is_for_them_and_nothing_else(world):
    for of, clerk, theirs in guests(world):
        for table in ITS_OWN:
            key, its_own = key_of(table), theirs.get(table, "false")
            with acting_as(WORK):
                expected = set(rows(f"SELECT {key} FROM {table} WHERE {its_own}", of))
            assert bool(expected) is (table in theirs), table
            with acting_as(clerk.context), connection.cursor() as cursor:
                assert set(rows(f"SELECT {key} FROM {table}")) == expected, table
                for order in (f"UPDATE {table} SET {key} = {key}", f"DELETE FROM {table}"):
                    cursor.execute(order)
                    assert cursor.rowcount == 0, (table, order)


def test_a_clerk_of_a_partner_abroad_writes_no_row_but_a_word_of_its_own(world):
    (partner, clerk), *_ = world.clerks.items()
    reader = world.interpreters[0]
    for table in ITS_OWN:
        with acting_as(WORK), connection.cursor() as cursor:
            # The oldest: no line of the log that one of them left.
            cursor.execute(f"SELECT * FROM {table} ORDER BY {key_of(table)} LIMIT 1")
            whole = zip(cursor.description, cursor.fetchone(), strict=True)
        row = {f'"{column.name}"': value for column, value in whole}
        assert is_refused(clerk, table, row), table
        assert is_refused(reader, table, row), table
    with acting_as(WORK), connection.cursor() as cursor:
        cursor.execute(
            "SELECT p.*, d.partner_id = %s AND d.compartment = 'general' FROM dispatches_passage p"
            " JOIN dispatches_dispatch d ON d.id = p.dispatch_id",
            [partner.pk],
        )
        names = [f'"{column.name}"' for column in cursor.description][:-1]
        passages = cursor.fetchall()
    assert {is_own for *_, is_own in passages} == {True, False}
    for *row, is_own in passages:
        word = dict(zip(names, row, strict=True)) | {'"id"': ids.uuid7(), '"by_id"': clerk.pk}
        assert is_refused(clerk, "dispatches_passage", word) is not is_own
        assert is_refused(
            clerk, "dispatches_passage", word | {'"id"': ids.uuid7(), '"by_id"': None}
        )


def test_without_a_context_there_is_nothing(world):
    for table in ITS_OWN:
        assert rows(f"SELECT count(*) FROM {table}") == [(0,)], table


def test_an_agency_cannot_change_or_delete_the_rows_of_others(world):
    agency, officer = next(iter(world.officers.items()))
    values = {"agency": str(agency.pk), "mine": world.reports_of(agency)}
    for table, its_own in ITS_OWN.items():
        key = key_of(table)
        with acting_as(WORK):
            mine = set(rows(f"SELECT {key} FROM {table} WHERE {its_own}", values))
        with acting_as(officer.context), connection.cursor() as cursor:
            cursor.execute(f"UPDATE {table} SET {key} = {key} RETURNING {key}")
            changed = set(cursor.fetchall())
            cursor.execute(f"DELETE FROM {table}")
            assert cursor.rowcount == 0, table
        assert changed == (mine if table in ITS_OWN_TO_CHANGE else set()), table


def test_an_agency_cannot_write_rows_in_the_name_of_others(world):
    agency, officer = next(iter(world.officers.items()))
    values = {"agency": str(agency.pk), "mine": world.reports_of(agency)}
    for table, its_own in ITS_OWN.items():
        with acting_as(WORK), connection.cursor() as cursor:
            cursor.execute(f"SELECT * FROM {table} WHERE NOT ({its_own}) LIMIT 1", values)
            row = cursor.fetchone()
            names = [f'"{column.name}"' for column in cursor.description]
        order = (
            f"INSERT INTO {table} ({', '.join(names)}) VALUES ({', '.join(['%s'] * len(names))})"
        )
        with (
            acting_as(officer.context),
            pytest.raises(ProgrammingError, match="row-level security"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(order, row)


def test_the_tipline_s_desk_finds_nothing_of_a_compartment_it_does_not_hold(world):
    closed = world.closed_report
    with acting_as(world.analyst.context):
        for table, column in (
            ("intake_report", "id"),
            ("evidence_recordkey", "record"),
            ("evidence_exhibit", "record"),
            ("identifiers_mention", "record_id"),
            ("paging_page", "report_id"),
            ("triage_queueitem", "report_id"),
            ("alike_alike", "report_id"),
        ):
            assert rows(f"SELECT count(*) FROM {table} WHERE {column} = %s", [closed]) == [(0,)]
            assert rows(f"SELECT count(*) FROM {table}") != [(0,)], table
    with acting_as(world.holder.context):
        assert rows("SELECT count(*) FROM intake_report WHERE id = %s", [closed]) == [(1,)]


@pytest.mark.parametrize("order", ["UPDATE audit_entry SET actor = 'x'", "DELETE FROM audit_entry"])
def test_the_log_refuses_change_even_to_whom_all_rows_are_shown(world, order):
    """The owner of the table meets the same trigger; see test_the_log_stands.py."""
    with acting_as(WORK), connection.cursor() as cursor:
        cursor.execute(order)
        assert cursor.rowcount == 0


@pytest.mark.parametrize("order", ["UPDATE audit_entry SET actor = 'x'", "TRUNCATE audit_entry"])
def test_the_web_s_account_cannot_even_name_the_log_for_change(db, order):
    with connection.cursor() as cursor:
        if order.startswith("TRUNCATE"):
            with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
                cursor.execute(order)
        else:
            cursor.execute(order)
            assert cursor.rowcount == 0
