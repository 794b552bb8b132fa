import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from havre.plumbing.walls import AGENCY, any_of, scope_is

OF_A_REPORT = (
    "(report_id IS NULL OR EXISTS (SELECT 1 FROM intake_report r WHERE r.id = paging_page.report_id))"
)
OF_A_PAGE = "EXISTS (SELECT 1 FROM paging_page p WHERE p.id = paging_call.page_id)"
EVERY = scope_is("work", "coordinator")
BEFORE = f"{scope_is('tipline')} AND {OF_A_REPORT}"
# The desk's own pages; an agency's own, which it reads and Havre alone writes.
DESK = f"{BEFORE} AND agency_id IS NULL"
THEIRS = f"{scope_is('agency')} AND agency_id = {AGENCY}"


def policies(desk: str, *theirs: str, callers: tuple[str, ...]) -> str:
    seen, written = any_of(EVERY, desk, *theirs), any_of(EVERY, desk)
    called = any_of(scope_is("work"), f"{scope_is(*callers)} AND {OF_A_PAGE}")
    return (
        "DROP POLICY paging_page_select ON paging_page;"
        " DROP POLICY paging_page_insert ON paging_page;"
        " DROP POLICY paging_page_update ON paging_page;"
        " DROP POLICY paging_call_select ON paging_call;"
        f" CREATE POLICY paging_page_select ON paging_page FOR SELECT USING ({seen});"
        " CREATE POLICY paging_page_insert ON paging_page FOR INSERT"
        f" WITH CHECK ({any_of(scope_is('work'), desk)});"
        " CREATE POLICY paging_page_update ON paging_page FOR UPDATE"
        f" USING ({written}) WITH CHECK ({written});"
        f" CREATE POLICY paging_call_select ON paging_call FOR SELECT USING ({called})"
    )


class Migration(migrations.Migration):

    dependencies = [
        ('agencies', '0010_places'),
        ('intake', '0021_kept_because_unsaid'),
        ('paging', '0003_tests'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='page',
            name='one_page_of_a_report_waits_at_a_time',
        ),
        migrations.AddField(
            model_name='page',
            name='agency',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.agency'),
        ),
        migrations.AlterField(
            model_name='page',
            name='ended_because',
            field=models.CharField(blank=True, choices=[('answered', 'answered'), ('attended', 'attended'), ('left-lane', 'left-lane')], max_length=20),
        ),
        migrations.AlterField(
            model_name='page',
            name='kind',
            field=models.CharField(choices=[('referral', 'referral'), ('report', 'report'), ('unattended', 'unattended')], max_length=20),
        ),
        migrations.AddConstraint(
            model_name='page',
            constraint=models.UniqueConstraint(condition=models.Q(('acknowledged_at', None), ('ended_at', None), ('agency', None), ('report__isnull', False)), fields=('report',), name='one_page_of_a_report_waits_at_a_time'),
        ),
        migrations.AddConstraint(
            model_name='page',
            constraint=models.UniqueConstraint(condition=models.Q(('acknowledged_at', None), ('ended_at', None), ('agency__isnull', False)), fields=('reference',), name='one_page_of_a_referral_waits_at_a_time'),
        ),
        migrations.RunSQL(
            policies(DESK, THEIRS, callers=("tipline", "coordinator", "agency")),
            policies(BEFORE, callers=("tipline", "coordinator")),
        ),
    ]
