import havre.plumbing.clock
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('agencies', '0011_provider_mail'),
        ('questions', '0001_initial'),
    ]

    operations = [
        migrations.AddField('question', 'mailed_at', models.DateTimeField(null=True)),
        migrations.AddField('question', 'mail_due_at', models.DateTimeField(default=havre.plumbing.clock.now)),
        migrations.AddField('question', 'mail_tries', models.SmallIntegerField(default=0)),
        migrations.AddField('question', 'mail_failed_as', models.CharField(blank=True, max_length=60)),
        migrations.AddField('question', 'mail_given_up_at', models.DateTimeField(null=True)),
    ]
