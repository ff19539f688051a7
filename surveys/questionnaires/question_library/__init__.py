"""The question library of an owner: questions, tables and sections to be taken into questionnaires."""
