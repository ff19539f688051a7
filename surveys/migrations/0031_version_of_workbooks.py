from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("surveys", "0030_copies_of_links"),
    ]

    operations = [
        migrations.AddField(
            model_name="workbookupload",
            name="version_number",
            # Of what was sent before, the version is not known: it is to be sent again.
            field=models.PositiveIntegerField(default=0),
            preserve_default=False,
        ),
    ]
