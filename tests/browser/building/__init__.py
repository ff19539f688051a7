"""A questionnaire built in the browser without a mouse."""
