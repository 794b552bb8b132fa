from django.db import migrations

from havre.plumbing.walls import SCOPE
from havre.plumbing.walls.plainer import in_place, reworded

WHOSE = f"{SCOPE} IS NOT NULL AND actor = "


class Migration(migrations.Migration):
    dependencies = [("audit", "0002_walls")]
    operations = [
        reworded(
            "audit_entry",
            "audit_entry_insert",
            act="INSERT",
            now=in_place(WHOSE) + "current_setting('havre.actor', true)",
            before=WHOSE + "(SELECT current_setting('havre.actor', true))",
        )
    ]
