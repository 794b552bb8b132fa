from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('bulk', '0001_initial'),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='row',
            name='a_row_is_a_report_or_has_faults',
        ),
        migrations.AddField(
            model_name='row',
            name='is_fine',
            field=models.BooleanField(null=True),
        ),
        migrations.AddField(
            model_name='upload',
            name='is_trial',
            field=models.BooleanField(db_default=False, default=False),
        ),
        migrations.AddField(
            model_name='upload',
            name='stopped_at',
            field=models.DateTimeField(null=True),
        ),
        migrations.AlterField(
            model_name='upload',
            name='state',
            field=models.CharField(choices=[('done', 'done'), ('stopped', 'stopped'), ('waiting', 'waiting')], default='waiting', max_length=10),
        ),
        migrations.AddConstraint(
            model_name='row',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('faults', None), ('is_fine', None), ('number__isnull', False)), models.Q(('faults__isnull', False), ('is_fine', None), ('number', None)), models.Q(('faults', None), ('is_fine', True), ('number', None)), _connector='OR'), name='a_row_is_a_report_has_faults_or_was_tried'),
        ),
    ]
