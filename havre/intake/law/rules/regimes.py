"""The laws that a report may start, as data with dates. A law that is not in force is not applied.

Sources: S.C. 2011, c. 4 (as amended by S.C. 2024, c. 23) and SOR/2011-292; the Protecting Victims
Act (Bill C-16, assent 2026-06-18), whose part on this Act waits for an order in council; 18 USC
2258A. Checked 2026-11-21.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """A law as it stands from a day on; `since` is None until it is proclaimed."""

    name: str
    since: date | None
    # How long the provider keeps what is connected with its notification, and then destroys it.
    preserve_days: int
    # Whether transmission data must come with a notification of manifest material.
    needs_transmission_data: bool = False
    # The one body that notifications go to, by its code in the directory; "" while a provider
    # chooses the police service itself. A regulation names it.
    designated_body: str = ""
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Regime:
    """A law that a provider is registered under, in its versions, oldest first."""

    code: str
    title: str
    # Legal days begin and end here.
    zone: ZoneInfo
    versions: tuple[Version, ...]

    def on(self, day: date) -> Version:
        """The version in force on a day. Raises LookupError before the first."""
        in_force = [v for v in self.versions if v.since is not None and v.since <= day]
        if not in_force:
            msg = f"{self.code} is not in force on {day}"
            raise LookupError(msg)
        return max(in_force, key=lambda version: version.since or date.min)


CA_MRA = Regime(
    code="ca-mra",
    title="S.C. 2011, c. 4 (Canada)",
    zone=ZoneInfo("America/Toronto"),
    versions=(
        Version(
            name="21 days",
            since=date(2011, 12, 8),
            preserve_days=21,
            source="S.C. 2011, c. 4, s. 4",
        ),
        Version(
            name="one year, transmission data",
            since=None,
            preserve_days=365,
            needs_transmission_data=True,
            source="S.C. 2026, Protecting Victims Act (Bill C-16); no order in council yet",
        ),
    ),
)
REGIMES: Mapping[str, Regime] = {CA_MRA.code: CA_MRA}

# A reminder comes so long before the end.
REMINDER = timedelta(days=5)
# The address and the copy of its receipt are kept for two years (SOR/2011-292, s. 5).
RECEIPT_KEPT_YEARS = 2


def proclaimed(regime: Regime, since: date, *, designated_body: str = "") -> Regime:
    """The regime as it will be once its waiting version is proclaimed from a day on."""
    versions: Sequence[Version] = [
        replace(version, since=since, designated_body=designated_body)
        if version.since is None
        else version
        for version in regime.versions
    ]
    return replace(regime, versions=tuple(versions))


def preserved_until(regime: Regime, notified_at: datetime) -> date:
    """The last day that the provider must keep its data, counted in the regime's own zone.

    The day of the notification is not counted. The version of that day holds, whatever follows.
    """
    day = notified_at.astimezone(regime.zone).date()
    return day + timedelta(days=regime.on(day).preserve_days)
