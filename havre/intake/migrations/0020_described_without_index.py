from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("intake", "0019_words_wait_again")]
    operations = [
        migrations.AlterField(
            "filingfile",
            "details_source",
            models.ForeignKey(
                "evidence.exhibit",
                models.PROTECT,
                null=True,
                related_name="+",
                db_index=False,
            ),
        ),
    ]
