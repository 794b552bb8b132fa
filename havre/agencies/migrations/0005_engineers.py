import django.db.models.deletion
from django.db import migrations, models

ROLES = (
    *("agency-supervisor", "auditor", "child-welfare-worker", "crown-liaison", "detective"),
    *("interpreter", "missing-children-officer", "national-coordinator", "outreach-officer"),
    *("platform-admin", "privacy-officer", "provider-engineer", "researcher", "supervisor"),
    *("tipline-analyst", "welfare-officer"),
)
IS_ENGINEER = models.Q(role="provider-engineer")


class Migration(migrations.Migration):
    dependencies = [("agencies", "0004_officers_accounts")]
    operations = [
        migrations.AddField(
            model_name="officer",
            name="provider",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="engineers",
                to="agencies.provider",
            ),
        ),
        migrations.AlterField(
            model_name="officer",
            name="role",
            field=models.CharField(max_length=30, choices=[(role, role) for role in ROLES]),
        ),
        migrations.AddConstraint(
            model_name="officer",
            constraint=models.CheckConstraint(
                condition=(models.Q(provider__isnull=False) & IS_ENGINEER)
                | (~IS_ENGINEER & models.Q(provider=None)),
                name="an_engineer_has_a_provider_and_nobody_else_has",
            ),
        ),
    ]
