"""The clock of a new report: a part of the action that files it, which writes the line."""

from pathlib import Path
from uuid import UUID

from havre.agencies.models import Provider
from havre.intake.law.models import Preservation
from havre.intake.law.rules.regimes import REGIMES, preserved_until
from havre.plumbing import clock
from havre.plumbing.pipes import run_statement, statement

START_CLOCK = Path(__file__).parent / "sql" / "start_clock.sql"


def new_clock(report: UUID, *, number: int, provider: Provider) -> Preservation | None:
    """The clock that a report starts now, not yet saved; None where no law of ours starts one."""
    regime = REGIMES.get(provider.regime)
    if regime is None:
        return None
    now = clock.now()
    return Preservation(
        report_id=report,
        provider=provider,
        number=number,
        regime=regime.code,
        version=regime.on(now.astimezone(regime.zone).date()).name,
        started_at=now,
        until=preserved_until(regime, now),
    )


def start_clock(report: UUID, *, number: int, provider: Provider) -> None:
    """Start the clock of a report that is filed now, where a law of ours knows one."""
    started = new_clock(report, number=number, provider=provider)
    if started is None:
        return
    run_statement(
        statement(START_CLOCK),
        {
            "report": started.report_id,
            "provider": started.provider_id,
            "number": started.number,
            "regime": started.regime,
            "version": started.version,
            "started_at": started.started_at,
            "until": started.until,
        },
    )
