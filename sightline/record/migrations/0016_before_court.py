"""An entry of what is done before a court is asked."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("record", "0015_step_due_again"),
    ]

    operations = [
        migrations.AlterField(
            model_name="entry",
            name="kind",
            field=models.CharField(
                choices=[
                    ("contact", "Contact"),
                    ("decision", "Decision on a contact"),
                    ("check_answer", "Answer from an agency"),
                    ("note", "Case note"),
                    ("phone_call", "Phone call"),
                    ("oversight", "Management oversight"),
                    ("handover", "Handed to the emergency duty team"),
                    ("feedback", "Feedback"),
                    ("allocation", "Allocation"),
                    ("closure", "Closure"),
                    ("visit", "Visit"),
                    ("appointment", "Appointment"),
                    ("evidence", "Evidence from an agency"),
                    ("assessment", "Assessment"),
                    ("plan", "Plan"),
                    ("review", "Review of a plan"),
                    ("injury", "Injury"),
                    ("strategy", "Strategy discussion"),
                    ("enquiry", "Section 47 enquiry"),
                    ("medical", "Medical examination"),
                    ("order", "Emergency protection"),
                    ("conference", "Child protection conference"),
                    ("core_group", "Core group"),
                    ("view", "View for a meeting"),
                    ("report", "Report for a meeting"),
                    ("disagreement", "Disagreement"),
                    ("court", "Before court"),
                    ("import", "Brought in from a census file"),
                ],
                max_length=14,
            ),
        ),
        migrations.AlterField(
            model_name="entrysubject",
            name="kind",
            field=models.CharField(
                choices=[
                    ("contact", "Contact"),
                    ("decision", "Decision on a contact"),
                    ("check_answer", "Answer from an agency"),
                    ("note", "Case note"),
                    ("phone_call", "Phone call"),
                    ("oversight", "Management oversight"),
                    ("handover", "Handed to the emergency duty team"),
                    ("feedback", "Feedback"),
                    ("allocation", "Allocation"),
                    ("closure", "Closure"),
                    ("visit", "Visit"),
                    ("appointment", "Appointment"),
                    ("evidence", "Evidence from an agency"),
                    ("assessment", "Assessment"),
                    ("plan", "Plan"),
                    ("review", "Review of a plan"),
                    ("injury", "Injury"),
                    ("strategy", "Strategy discussion"),
                    ("enquiry", "Section 47 enquiry"),
                    ("medical", "Medical examination"),
                    ("order", "Emergency protection"),
                    ("conference", "Child protection conference"),
                    ("core_group", "Core group"),
                    ("view", "View for a meeting"),
                    ("report", "Report for a meeting"),
                    ("disagreement", "Disagreement"),
                    ("court", "Before court"),
                    ("import", "Brought in from a census file"),
                ],
                max_length=14,
            ),
        ),
    ]
