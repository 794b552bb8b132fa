"""A policy is proposed by one person, tried on past reports, and put in force by another."""

from datetime import timedelta

import pytest
from django.db import connection

from havre.agencies.reads import agency_by_code, the_tipline
from havre.agencies.rules.permits import Compartment, Role
from havre.audit.models import Entry
from havre.audit.rules import Event, Station
from havre.oversight.policies.actions import simulate_part
from havre.oversight.policies.reads import scored_by_another
from havre.plumbing import clock
from havre.plumbing.context import acting_as
from havre.referrals.actions import accept_referral, open_referral, record_outcome
from havre.referrals.rules.outcomes import Disposition
from havre.triage.models import QueueItem
from havre.triage.policies.actions import (
    activate_policy,
    ask_to_return,
    ask_to_simulate,
    change_policy,
    draft_policy,
    propose_policy,
    withdraw_policy,
)
from havre.triage.policies.models import Proposal, Seen
from havre.triage.policies.reads import policy_at, policy_in_force, shipped_policy
from havre.triage.policies.rules.words import (
    BelowFloorError,
    Change,
    NothingChangedError,
    NotOpenError,
    NotSimulatedError,
    OvertakenError,
    OwnPolicyError,
    PastMomentError,
    Refusal,
    What,
)
from havre.wiring.route import walk
from tests import make
from tests.pages import assert_sound

BY = Station.PIPELINE
PAST = "It happened to me when I was 12, many years ago, at the harbor."
RAISED = Change(what=What.FACTOR, id="child-past", new={"lane": "A"})


@pytest.fixture
def keepers(db):
    make.directory()
    return [make.officer(the_tipline(), Role.SUPERVISOR) for _ in range(2)]


def proposed(change: Change, *, by) -> Proposal:
    draft = draft_policy(by=by)
    change_policy(draft.pk, change, by=by)
    return propose_policy(draft.pk, reason="What we saw in spring.", by=by)


def tried(proposal: Proposal, *, by, days: int = 30):
    simulation = ask_to_simulate(proposal.pk, days=days, by=by)
    while simulation.finished_at is None:
        simulation = simulate_part(simulation.pk, by=BY)
    return simulation


def in_force(change: Change, first, second) -> Proposal:
    proposal = proposed(change, by=first)
    tried(proposal, by=first)
    return activate_policy(proposal.pk, by=second)


def held() -> str:
    with acting_as(BY.context):
        return policy_in_force(anew=True).version


def tampered(proposal: Proposal, assignment: str) -> None:
    """What somebody could do who holds the database's own key: no wall, and no trigger."""
    with acting_as(BY.context), connection.cursor() as cursor:
        cursor.execute(f"UPDATE policies_proposal SET {assignment} WHERE id = %s", [proposal.pk])


def test_a_policy_needs_two_persons_a_reason_and_a_trial_of_exactly_itself(keepers):
    first, second = keepers
    proposal = proposed(RAISED, by=first)

    with pytest.raises(NotSimulatedError):
        activate_policy(proposal.pk, by=second)
    tried(proposal, by=first)
    with pytest.raises(OwnPolicyError):
        activate_policy(proposal.pk, by=first)
    with pytest.raises(PastMomentError):
        activate_policy(proposal.pk, effective_at=clock.now() - timedelta(days=1), by=second)
    assert held() == shipped_policy().version

    activate_policy(proposal.pk, by=second)

    assert held() == proposal.version == f"{shipped_policy().version}+{proposal.number}"
    with acting_as(BY.context):
        (line,) = Entry.objects.filter(event=Event.POLICY_ACTIVATED)
    assert line.details["digest"] == proposal.digest
    assert line.actor == second.signature
    for act in (withdraw_policy, activate_policy):
        with pytest.raises(NotOpenError):
            act(proposal.pk, by=second)


def test_a_trial_of_other_words_is_no_trial(keepers):
    first, second = keepers
    proposal = proposed(RAISED, by=first)
    tried(proposal, by=first)
    tampered(proposal, "text = replace(text, '\"minutes\":15', '\"minutes\":14')")

    with pytest.raises(NotSimulatedError):
        activate_policy(proposal.pk, by=second)


@pytest.mark.parametrize(
    "change",
    [
        Change(what=What.FACTOR, id="weapon", new={"lane": "B"}),
        Change(what=What.FACTOR, id="self-harm", new={"lane": ""}),
        Change(what=What.RULE, id="threat-to-a-child", new={"lane": "C"}),
        Change(what=What.RULE, id="child-and-someone", new={"lane": "D"}),
        Change(what=What.LANE, id="A", new={"minutes": 16}),
        Change(what=What.LANE, id="B", new={"minutes": 481}),
    ],
    ids=lambda change: change.key,
)
def test_nothing_lowers_the_floor(keepers, change):
    draft = draft_policy(by=keepers[0])

    with pytest.raises(BelowFloorError, match=change.key):
        change_policy(draft.pk, change, by=keepers[0])


def test_a_draft_is_its_author_s_and_a_change_that_changes_nothing_leaves_it(keepers):
    first, second = keepers
    draft = draft_policy(by=first)
    assert draft_policy(by=first) == draft
    with pytest.raises(Proposal.DoesNotExist):
        change_policy(draft.pk, RAISED, by=second)
    with pytest.raises(NothingChangedError):
        propose_policy(draft.pk, reason="Nothing.", by=first)

    change_policy(draft.pk, RAISED, by=first)
    changed = change_policy(
        draft.pk, Change(what=What.FACTOR, id="child-past", new={"lane": "C"}), by=first
    )

    assert changed.changes == []


def test_the_route_scores_by_what_holds_at_its_moment_and_what_waits_is_scored_anew(keepers):
    early = make.report(PAST, people=())
    proposal = in_force(RAISED, *keepers)
    late = make.report(PAST, people=())
    with acting_as(BY.context):
        before, after = (QueueItem.objects.get(pk=report.pk) for report in (early, late))
        assert (before.policy, after.policy) == (shipped_policy().version, proposal.version)
        assert (after.band, after.rule) == ("A", "child-past")
        assert before.band > "A"
        assert scored_by_another(policy_in_force(anew=True), actor=BY) == [early.pk]
    walk(early.pk)
    with acting_as(BY.context):
        assert QueueItem.objects.get(pk=early.pk).band == "A"
        assert scored_by_another(policy_in_force(anew=True), actor=BY) == []


def test_a_version_begins_at_its_moment_and_another_decision_overtakes_it(keepers):
    first, second = keepers
    proposal = proposed(RAISED, by=first)
    tried(proposal, by=first)
    tomorrow = clock.now() + timedelta(days=1)
    activate_policy(proposal.pk, effective_at=tomorrow, by=second)

    with acting_as(BY.context):
        assert policy_at(clock.now()).proposal is None
        assert policy_at(tomorrow + timedelta(hours=1)).proposal == proposal
    other = in_force(Change(what=What.LANE, id="A", new={"minutes": 10}), second, first)
    with acting_as(BY.context):
        assert policy_at(tomorrow + timedelta(hours=1)).proposal == other


def test_going_back_takes_two_persons_and_no_trial(keepers):
    first, second = keepers
    proposal = in_force(RAISED, first, second)
    with pytest.raises(NothingChangedError):
        ask_to_return(proposal.number, reason="The same.", by=first)
    back = ask_to_return(1, reason="Too many.", by=second)
    with pytest.raises(OwnPolicyError):
        activate_policy(back.pk, by=second)
    activate_policy(back.pk, by=first)
    assert held() == shipped_policy().version

    again = ask_to_return(proposal.number, reason="They were right.", by=first)
    activate_policy(again.pk, by=second)

    assert held() == proposal.version


def test_a_proposal_on_what_holds_no_more_is_not_put_in_force(keepers):
    first, second = keepers
    overtaken = proposed(RAISED, by=first)
    tried(overtaken, by=first)
    in_force(Change(what=What.LANE, id="A", new={"minutes": 10}), second, first)

    with pytest.raises(OvertakenError):
        activate_policy(overtaken.pk, by=second)


def test_a_row_whose_signature_fails_is_refused_and_the_last_good_one_stands(keepers):
    first, second = keepers
    good = in_force(RAISED, first, second)
    bad = in_force(Change(what=What.LANE, id="A", new={"minutes": 10}), first, second)
    forged = Proposal(
        number=99,
        kind="change",
        version="forged+99",
        based_on=bad.version,
        text=good.text,
        digest=good.digest,
        drafted_by=first,
        proposed_at=clock.now(),
        activated_by=None,
    )
    with acting_as(BY.context):
        forged.save(force_insert=True)
    tampered(
        forged,
        f"activated_at = now() + interval '1 hour', effective_at = now() - interval '1 hour',"
        f" activated_by_id = '{second.pk}', signature = decode(repeat('00', 64), 'hex')",
    )
    with acting_as(BY.context):
        holding = policy_at(clock.now())
        # What was put in force is changed by nobody, not even by the job's account.
        assert not Proposal.objects.filter(pk=bad.pk).update(text="")

    assert holding.proposal == bad
    assert [(one.proposal.number, one.why) for one in holding.refused] == [(99, Refusal.SIGNATURE)]
    page = make.browser(first).get("/en/policies")
    assert "forged+99 was put in force and is not followed" in page.content.decode()


def test_a_trial_says_who_moves_and_what_police_acted_on(keepers):
    first, _second = keepers
    harbor = agency_by_code("harbor-police")
    analyst, detective = make.analyst(), make.officer(harbor)
    up, same = make.report(PAST, people=()), make.report()
    referral = make.referral(up, to=harbor, by=analyst)
    open_referral(referral.reference, by=detective)
    accept_referral(referral.reference, by=detective)
    record_outcome(referral.reference, disposition=Disposition.UNDER_INVESTIGATION, by=detective)
    with acting_as(BY.context):
        opened = Entry.objects.filter(event=Event.SIGNS_NOTED).count()
    proposal = proposed(RAISED, by=first)

    result = tried(proposal, by=first).result

    assert result["moved"] == {"up": 1, "down": 0}
    assert [row[0] for row in result["movers"]["up"]] == [str(up.pk)]
    assert result["movers"]["up"][0][2:] == ["A", "child-past", True]
    assert result["acted"] == {"all": 1, "up": 1, "down": 0}
    assert sum(result["lanes"].values()) == 2
    bands = result["origins"]["public-form|en"]
    assert bands["after"]["A"] == bands["before"]["A"] + 1
    with acting_as(BY.context):
        assert Entry.objects.filter(event=Event.SIGNS_NOTED).count() == opened == 0
        assert Seen.objects.get(pk=same.pk).policy == shipped_policy().version


def test_a_trial_tells_nothing_of_a_report_that_its_reader_may_not_see(keepers):
    first, _second = keepers
    hidden = make.report(PAST, people=(), compartment=Compartment.OWN_STAFF_NAMED)
    proposal = proposed(RAISED, by=first)
    tried(proposal, by=first)
    page = make.browser(first).get(f"/en/policies/{proposal.pk}")
    (row,) = assert_sound(page.content).xpath("//tr[contains(., 'not shown to you')]")
    said = " ".join(row.text_content().split())
    assert hidden.reference not in said
    # Counts alone: neither what was seen in it, nor what came of it.
    assert said.endswith("→ Immediate")


def test_what_was_noted_under_no_words_is_opened_with_a_line(keepers):
    report = make.report(PAST, people=(), walks=False)

    result = tried(proposed(RAISED, by=keepers[0]), by=keepers[0]).result

    assert (result["opened"], result["moved"]["up"]) == (1, 1)
    with acting_as(BY.context):
        (line,) = Entry.objects.filter(event=Event.SIGNS_NOTED)
    assert line.about == str(report.pk)


def test_the_whole_errand_by_page_in_both_languages(keepers):
    first, second = keepers
    make.report(PAST, people=())
    mine, theirs = make.browser(first), make.browser(second)
    draft = mine.post("/en/policies/draft")["Location"]
    typed = {"what": "factor:weapon", "points": "31", "lane": "B"}
    typed |= dict.fromkeys(("label_en", "label_fr", "chip_en", "chip_fr"), "Boats")
    assert_sound(mine.get(f"{draft}/change?what=factor:weapon").content)
    refused = mine.post(f"{draft}/change", typed)
    assert refused.status_code == 422
    assert "what the floor holds up" in refused.content.decode()
    assert mine.post(f"{draft}/change", {**typed, "lane": "A"}).status_code == 302
    assert mine.post(f"{draft}/propose", {"reason": ""}).status_code == 422
    assert mine.post(f"{draft}/propose", {"reason": "Boats carry less."}).status_code == 302
    mine.post(f"{draft}/try", {"days": "30"})
    running = theirs.get(draft)
    assert "data-watch" in running.content.decode()
    with acting_as(BY.context):
        simulation = Proposal.objects.get().simulations.get()
    simulate_part(simulation.pk, by=BY)
    for address in (draft, draft.replace("/en/policies", "/fr/politiques")):
        page = theirs.get(address)
        assert_sound(page.content)
        assert "Boats carry less." in page.content.decode()
    assert mine.post(f"{draft}/activate").status_code == 422
    assert theirs.post(f"{draft}/activate", {"effective_at": ""}).status_code == 302
    assert held().endswith("+2")
    assert_sound(theirs.get("/fr/politiques").content)
    asked = mine.post("/en/policies/return", {"number": "1", "reason": "Enough."})
    assert_sound(theirs.get(asked["Location"]).content)
    assert theirs.post(asked["Location"] + "/withdraw").status_code == 302
