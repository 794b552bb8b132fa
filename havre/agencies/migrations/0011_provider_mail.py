from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('agencies', '0010_places'),
    ]

    operations = [
        migrations.AddField(
            model_name='provider',
            name='mail_to',
            field=models.EmailField(blank=True, default='', max_length=254),
        ),
    ]
