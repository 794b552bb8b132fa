import django.contrib.postgres.fields
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('mirrors', '0001_initial'),
    ]

    operations = [
        migrations.AddField(
            model_name='answer',
            name='fields',
            field=django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=200), db_default=[], default=list, size=None),
        ),
        migrations.AddField(
            model_name='copy',
            name='remarks',
            field=django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[('from-json', 'from-json'), ('from-table', 'from-table'), ('from-xarf', 'from-xarf'), ('new-report', 'new-report'), ('without-document', 'without-document'), ('without-letter', 'without-letter')], max_length=20), db_default=[], default=list, size=None),
        ),
    ]
