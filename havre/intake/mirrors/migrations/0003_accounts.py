from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('mirrors', '0002_written_here'),
    ]

    operations = [
        migrations.AddField(
            model_name='answer',
            name='username',
            field=models.CharField(blank=True, db_default='', default='', max_length=200),
        ),
        migrations.AddIndex(
            model_name='copy',
            index=models.Index(fields=['number'], name='copies_by_number'),
        ),
    ]
