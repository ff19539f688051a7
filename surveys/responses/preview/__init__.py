"""A draft of a questionnaire, tried as its respondents will see it; never a response."""
