"""The law as data: which version holds on a day, and when a clock ends."""

from datetime import UTC, date, datetime

import pytest

from havre.intake.law.rules.regimes import CA_MRA, REGIMES, preserved_until, proclaimed

PROCLAIMED_ON = date(2027, 3, 1)


def test_today_it_is_twenty_one_days():
    notified = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
    assert preserved_until(CA_MRA, notified) == date(2026, 12, 13)


def test_a_version_that_waits_is_not_applied_however_late_it_is():
    assert CA_MRA.on(date(2090, 1, 1)).preserve_days == 21
    assert not CA_MRA.on(date(2090, 1, 1)).needs_transmission_data


@pytest.mark.parametrize(
    ("notified", "until"),
    [
        (datetime(2027, 2, 28, 12, 0, tzinfo=UTC), date(2027, 3, 21)),
        (datetime(2027, 3, 1, 12, 0, tzinfo=UTC), date(2028, 2, 29)),
    ],
)
def test_once_proclaimed_it_is_a_year_from_that_day_on_and_not_before(notified, until):
    regime = proclaimed(CA_MRA, PROCLAIMED_ON)
    assert preserved_until(regime, notified) == until
    assert regime.on(PROCLAIMED_ON).needs_transmission_data


def test_legal_days_begin_where_the_law_is():
    # Half past three in the morning in UTC is still the day before in Toronto.
    assert preserved_until(CA_MRA, datetime(2026, 11, 22, 3, 30, tzinfo=UTC)) == date(2026, 12, 12)


def test_before_the_act_there_was_no_duty():
    with pytest.raises(LookupError, match="not in force"):
        CA_MRA.on(date(2011, 1, 1))


def test_every_version_names_its_source():
    assert all(version.source for regime in REGIMES.values() for version in regime.versions)
