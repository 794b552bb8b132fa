"""Bundles for small worlds: of fewer reports than the house waits for."""

import secrets

from havre.agencies.models import Officer, Provider
from havre.agencies.rules.permits import Compartment
from havre.audit.rules import Station
from havre.intake.actions import Delivery, receive_report
from havre.intake.models import Report
from havre.intake.rules.submission import Channel, Incident, Submission
from havre.plumbing.context import acting_as
from havre.triage.actions import put_in_queue, score_report
from havre.triage.bundles.actions import accept_bundle, ask_back, note_outline
from havre.triage.bundles.models import Bundle, Outline
from havre.triage.bundles.rules import BundleKind, BundleState

FORM = "A file on our platform was flagged. Case {n}."


def steps(report: Report) -> None:
    """The steps of the route that say where a report stands; the others cost more than they do."""
    for step in (put_in_queue, score_report, note_outline):
        step(report.pk, by=Station.PIPELINE)


def sent(
    provider: Provider,
    submission: Submission,
    compartment: Compartment = Compartment.GENERAL,
) -> Report:
    """A finished report of a provider, as every door of providers hands it in."""
    delivery = Delivery(
        submission=submission,
        source=b"{}",
        zone="UTC",
        provider=provider,
        compartment=compartment,
    )
    reference = receive_report(delivery, by=provider).reference
    with acting_as(Station.PIPELINE.context):
        report = Report.objects.get(reference=reference)
    steps(report)
    return report


def empty(provider: Provider, text: str = FORM, **facts) -> Report:
    """A report without anything to act on, but for what the facts say."""
    compartment = facts.pop("compartment", Compartment.GENERAL)
    incident = Incident(narrative=text.format(n=secrets.randbelow(10**9)), **facts)
    told = Submission(channel=Channel.ISPWS, language="en", incidents=(incident,))
    return sent(provider, told, compartment)


def a_bundle(
    provider: Provider, by: Officer, compartment: Compartment = Compartment.GENERAL
) -> Bundle:
    """Two empty forms that stand as one, and their provider is asked for what is missing."""
    report = empty(provider, compartment=compartment)
    with acting_as(Station.PIPELINE.context):
        outline = Outline.objects.get(report=report)
        bundle = Bundle.objects.create(
            kind=BundleKind.EMPTY,
            state=BundleState.REFUSED,
            compartment=compartment,
            provider=provider,
            key=outline.template,
        )
    accept_bundle(bundle.pk, by=by)
    empty(provider, compartment=compartment)
    ask_back(bundle.pk, by=by)
    return bundle
