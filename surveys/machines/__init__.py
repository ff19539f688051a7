"""Programs that act for a person: tokens, and what every address of the API is built on."""
