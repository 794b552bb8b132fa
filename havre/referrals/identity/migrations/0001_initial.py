import django.db.models.deletion
import havre.plumbing.clock
import havre.plumbing.ids
from django.conf import settings
from django.db import migrations, models

from havre.plumbing.walls import AGENCY, any_of, scope_is, wall

OF_A_REPORT = "EXISTS (SELECT 1 FROM intake_report r WHERE r.id = identity_identitygrant.report_id)"
DESK = f"{scope_is('tipline')} AND {OF_A_REPORT}"
STANDS_FOR_US = (
    f"{scope_is('agency', 'coordinator')} AND agency_id = {AGENCY} AND ended_at IS NULL"
    f" AND {OF_A_REPORT}"
)


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('agencies', '0010_places'),
        ('intake', '0021_kept_because_unsaid'),
        ('referrals', '0020_warned'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='IdentityGrant',
            fields=[
                ('id', models.UUIDField(default=havre.plumbing.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('because', models.CharField(choices=[('agrees', 'agrees'), ('ordered', 'ordered')], max_length=10)),
                ('words', models.BinaryField()),
                ('identity', models.BinaryField()),
                ('at', models.DateTimeField(default=havre.plumbing.clock.now)),
                ('ended_at', models.DateTimeField(null=True)),
                ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.agency')),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('referral', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='referrals.referral')),
                ('report', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='intake.report')),
            ],
            options={
                'ordering': ['-id'],
                'constraints': [models.UniqueConstraint(condition=models.Q(('ended_at', None)), fields=('referral',), name='who_reported_is_given_once_with_a_referral')],
            },
        ),
        # The desk gives and ends it, Havre ends it with its referral; nobody takes a row away.
        wall(
            "identity_identitygrant",
            select=any_of(scope_is("work"), DESK, STANDS_FOR_US),
            insert=DESK,
            update=any_of(scope_is("work"), DESK),
        ),
    ]
