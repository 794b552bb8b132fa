from django.apps import AppConfig


class QuestionsConfig(AppConfig):
    """The sub-room keeps tables of its own."""

    name = "havre.intake.questions"
    label = "questions"
