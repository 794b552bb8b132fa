from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from havre.identifiers.disguises.rules.near import skeleton
from havre.identifiers.rules.words import Kind
from havre.intake.rules.submission import PersonRole
from havre.links.rules.explaining import (
    HUB_REPORTS,
    MOST_HUBS,
    Shared,
    Strength,
    Tie,
    explain,
    tie_of,
)
from havre.links.rules.sentences import KINDS_IN, PHRASES_IN, sentence
from havre.links.rules.weights import is_coherent, may_chain, rows_of, tenths_of, version

SUSPECTS = (PersonRole.SUSPECT, PersonRole.SUSPECT)


def shared(kind=Kind.PHONE, *, seen_in=2, roles=SUSPECTS, shown="x"):
    fields = ("people.0.identifiers.0", "incidents.0.narrative")
    return Shared(kind=kind, shown=shown, roles=roles, seen_in=seen_in, fields=fields)


def test_a_value_weighs_less_the_more_reports_share_it():
    for kind in Kind:
        for part in ("", "bare-handle", "near-handle") if kind is Kind.HANDLE else ("",):
            rows = rows_of(kind, part=part)
            assert [row[0] for row in rows] == sorted(row[0] for row in rows)
            assert rows[-1][0] >= 10**9
            for column in (1, 2, 3):
                chances = [row[column] for row in rows]
                assert chances == sorted(chances, reverse=True)
            assert all(row[1] >= row[2] >= row[3] for row in rows)


def test_a_value_whose_reports_hang_together_weighs_more_and_one_of_unknown_people_less():
    def tenths(roles=SUSPECTS, coherent=None):
        return tenths_of(Kind.HANDLE, seen_in=40, roles=roles, coherent=coherent)

    assert tenths(coherent=True) > tenths() > tenths(coherent=False) > 0
    unknown = PersonRole.UNKNOWN
    assert tenths() > tenths((PersonRole.SUSPECT, unknown)) > tenths((unknown, unknown))


def test_reports_hang_together_when_enough_of_them_share_something_else():
    assert is_coherent(3, 3) is None
    assert is_coherent(1, 10) is True
    assert is_coherent(0, 10) is False


def test_only_what_is_one_persons_may_chain_reports_and_names_only_together():
    assert may_chain(Kind.EMAIL, seen_in=5_000, coherent=None)
    assert may_chain(Kind.IP, seen_in=3, coherent=None)
    assert not may_chain(Kind.IP, seen_in=4, coherent=None)
    assert not may_chain(Kind.HANDLE, seen_in=3, coherent=None)
    assert may_chain(Kind.HANDLE, seen_in=90, coherent=True)
    assert not may_chain(Kind.HANDLE, seen_in=90, coherent=None)
    assert not may_chain(Kind.HANDLE, seen_in=90, coherent=False)
    for kind in (Kind.FILE_HASH, Kind.NAME, Kind.POSTAL_CODE, Kind.SCHOOL, Kind.URL):
        assert not may_chain(kind, seen_in=2, coherent=True)


def test_a_busy_handle_whose_reports_hang_together_still_makes_a_link():
    crowd = shared(Kind.HANDLE, seen_in=HUB_REPORTS + 50)
    assert explain([crowd], reports_in_all=9_999).tie is None
    together = replace(crowd, coherent=True)
    assert explain([together], reports_in_all=9_999).tie is Tie.SUSPECT


def test_a_name_that_only_resembles_suggests_and_is_never_strong():
    near = replace(shared(Kind.HANDLE), near=True)
    link = explain([near], reports_in_all=1_000)
    assert link.strength is Strength.POSSIBLE
    assert sentence(link, "en") == "Nearly the same username (in 2 reports)."
    assert sentence(link, "fr") == "Pseudo presque identique (dans 2 signalements)."


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("snapchat:river.f0x_88", "kik:riverfox"),
        ("discord:xXRiverFoxXx", "instagram:riverfox_official"),
        ("roblox:riverfox#1234", "snapchat:RiverFox2"),
    ],
)
def test_decorations_of_a_name_go_in_its_skeleton(left, right):
    assert skeleton(left) == skeleton(right) == "riverfox"


@pytest.mark.parametrize(
    "name", ["kik:joe", "kik:12345678", "kik:the", ":", "kik:\u0434\u043e\u043c"]
)
def test_too_short_a_name_has_no_skeleton(name):
    assert skeleton(name) is None


def test_different_names_have_different_skeletons():
    assert skeleton("kik:riverfox") != skeleton("kik:riverwolf")


@pytest.mark.parametrize("counts", [(0, 10), (-1, 10), (11, 10), (0, 0)])
def test_counts_that_cannot_be_are_refused(counts):
    with pytest.raises(ValueError, match="cannot share a value"):
        explain([shared(seen_in=counts[0])], reports_in_all=counts[1])


def test_every_kind_has_a_worth_and_a_word_in_both_languages():
    assert all(rows_of(kind) for kind in Kind)
    assert set(Kind) == set(KINDS_IN["en"]) == set(KINDS_IN["fr"])
    assert set(PHRASES_IN["en"]) == set(PHRASES_IN["fr"])


@pytest.mark.parametrize(
    ("kind", "strength"),
    [
        (Kind.EMAIL, Strength.STRONG),
        (Kind.PHONE, Strength.STRONG),
        (Kind.DEVICE, Strength.STRONG),
        (Kind.HANDLE, Strength.STRONG),
        (Kind.IP, Strength.POSSIBLE),
        (Kind.URL, Strength.POSSIBLE),
        (Kind.NAME, Strength.WEAK),
        (Kind.POSTAL_CODE, Strength.WEAK),
    ],
)
def test_a_rare_value_of_each_kind_ties_as_strongly_as_its_kind_may(kind, strength):
    for reports_in_all in (2, 500, 1_000):
        assert explain([shared(kind)], reports_in_all=reports_in_all).strength is strength


def test_an_ip_address_fades_as_more_reports_share_it():
    bits = [
        explain([shared(Kind.IP, seen_in=n)], reports_in_all=10_000).tenths for n in (2, 10, 90)
    ]
    assert bits == sorted(bits, reverse=True)
    assert len(set(bits)) == 3


def test_a_crowds_value_never_makes_a_link():
    hub = shared(Kind.IP, seen_in=HUB_REPORTS + 1)
    alone = explain([hub], reports_in_all=10_000)
    assert (alone.tie, alone.tenths, alone.evidence) == (None, 0, ())
    assert [row.shared for row in alone.ignored] == [hub]


def test_a_crowds_value_supports_a_link_found_otherwise_and_is_shown_as_such():
    hubs = [shared(Kind.IP, seen_in=HUB_REPORTS + n, shown=str(n)) for n in range(1, MOST_HUBS + 3)]
    link = explain([shared(Kind.PHONE), *hubs], reports_in_all=10_000)
    assert sum(row.hub for row in link.evidence) == MOST_HUBS
    assert len(link.ignored) == 2
    without = explain([shared(Kind.PHONE)], reports_in_all=10_000)
    assert 0 < link.tenths - without.tenths < 10


@pytest.mark.parametrize(
    ("role", "tie"),
    [
        (PersonRole.VICTIM, Tie.VICTIM),
        (PersonRole.REPORTER, Tie.REPORTER),
        (PersonRole.WITNESS, Tie.WITNESS),
    ],
)
def test_a_childs_or_reporters_own_identifier_never_ties_suspects(role, tie):
    for other in PersonRole:
        for roles in ((role, other), (other, role)):
            found = tie_of(shared(roles=roles))
            assert found is not Tie.SUSPECT
            if other in (role, PersonRole.SUSPECT, PersonRole.UNKNOWN):
                assert found is tie


def test_the_platforms_own_identifier_ties_nothing():
    link = explain([shared(roles=(PersonRole.SERVICE, PersonRole.SUSPECT))], reports_in_all=9)
    assert (link.tie, link.evidence, link.beside, link.ignored) == (None, (), (), ())


def test_the_same_reporter_is_told_beside_the_same_suspect_and_adds_nothing():
    suspect = shared(Kind.PHONE)
    reporter = shared(Kind.POSTAL_CODE, roles=(PersonRole.REPORTER, PersonRole.REPORTER))
    both = explain([reporter, suspect], reports_in_all=1_000)
    assert both.tie is Tie.SUSPECT
    assert both.tenths == explain([suspect], reports_in_all=1_000).tenths
    assert [row.shared for row in both.beside] == [reporter]


def test_the_same_file_is_the_same_material_not_the_same_suspect():
    assert explain([shared(Kind.FILE_HASH)], reports_in_all=1_000).tie is Tie.MATERIAL


def test_a_name_without_a_platform_counts_for_less_than_one_with():
    bare, named = (
        explain([shared(Kind.HANDLE, shown=shown)], reports_in_all=1_000)
        for shown in (":dock_master", "kik:dock_master")
    )
    assert 0 < bare.tenths < named.tenths


def test_a_value_said_twice_is_one_reason_and_a_second_of_its_kind_counts_half():
    one = explain([shared(shown="a")], reports_in_all=1_000)
    again = explain([shared(shown="a"), shared(shown="a")], reports_in_all=1_000)
    second = explain([shared(shown="a"), shared(shown="b")], reports_in_all=1_000)
    assert again.tenths == one.tenths
    assert second.tenths == one.tenths + one.tenths // 2


ANY_SHARED = st.builds(
    shared,
    st.sampled_from(list(Kind)),
    seen_in=st.integers(1, 300),
    roles=st.tuples(st.sampled_from(list(PersonRole)), st.sampled_from(list(PersonRole))),
    shown=st.sampled_from(["", "a", "b", ":c"]),
)


@settings(deadline=None)
@given(st.lists(ANY_SHARED, max_size=8), st.integers(300, 2_000_000))
def test_the_score_is_exactly_the_sum_of_its_reasons(values, reports_in_all):
    link = explain(values, reports_in_all=reports_in_all)
    assert link.tenths == sum(row.tenths for row in link.evidence)
    assert link.bits == link.tenths / 10
    assert all(row.bits == row.tenths / 10 for row in link.evidence)
    assert all(row.tie is link.tie for row in link.evidence)
    assert all(row.tie is not link.tie for row in link.beside)
    assert all(row.tenths == 0 for row in link.ignored)
    assert link == explain(values, reports_in_all=reports_in_all)
    assert link.version == version() == "links/2026.12-5"


@settings(deadline=None)
@given(st.lists(ANY_SHARED, max_size=6), ANY_SHARED)
def test_one_more_shared_value_never_weakens_a_link(values, more):
    fewer = explain(values, reports_in_all=1_000)
    assert explain([*values, more], reports_in_all=1_000).tenths >= fewer.tenths


@settings(deadline=None)
@given(st.lists(ANY_SHARED, max_size=6))
def test_a_sentence_names_no_value_and_ends_each_statement(values):
    link = explain([replace(v, shown=v.shown and "SECRET") for v in values], reports_in_all=1_000)
    for language in ("en", "fr"):
        said = sentence(link, language)
        assert said[0].isupper()
        assert said.endswith(".")
        assert "SECRET" not in said
        assert "{" not in said


def test_the_sentence_reads_well_in_english():
    link = explain(
        [
            shared(Kind.PHONE, seen_in=3),
            shared(Kind.HANDLE, seen_in=2),
            shared(Kind.IP, seen_in=1812),
        ],
        reports_in_all=1_000_000,
    )
    assert sentence(link, "en") == (
        "Same phone number (in 3 reports) and same username (in 2 reports). "
        "An IP address shared by 1,812 reports counts for little."
    )


def test_the_sentence_reads_well_in_french():
    link = explain(
        [
            shared(Kind.PHONE, seen_in=3),
            shared(Kind.HANDLE, seen_in=2),
            shared(Kind.IP, seen_in=1812),
        ],
        reports_in_all=1_000_000,
    )
    assert sentence(link, "fr") == (
        "Même numéro de téléphone (dans 3 signalements) et même pseudo (dans 2 signalements). "
        "Une adresse IP partagée par 1\u00a0812 signalements compte peu."
    )
    victims = shared(Kind.EMAIL, roles=(PersonRole.VICTIM, PersonRole.VICTIM))
    assert sentence(explain([victims], reports_in_all=9), "fr") == (
        "Peut-être la même victime\u00a0: même adresse courriel (dans 2 signalements)."
    )


def test_a_pair_with_nothing_between_them_says_so():
    nothing = explain([], reports_in_all=9)
    assert sentence(nothing, "en") == "Nothing ties these two reports."
    assert sentence(nothing, "fr") == "Rien ne relie ces deux signalements."
