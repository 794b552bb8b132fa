from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('links', '0001_initial'),
    ]

    operations = [
        migrations.AddField(
            model_name='member',
            name='core',
            field=models.UUIDField(db_index=True, null=True),
        ),
        migrations.AddField(
            model_name='value',
            name='only_suspects',
            field=models.BooleanField(default=False),
        ),
        migrations.RemoveField(
            model_name='value',
            name='chains',
        ),
        migrations.RemoveField(
            model_name='value',
            name='coherent',
        ),
    ]
