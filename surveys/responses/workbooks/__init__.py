"""The Excel questionnaire of an assignment: handed out, taken back, looked through, applied."""
