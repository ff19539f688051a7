"""The OpenRosa 1.0 API: ODK Collect fetches an agency's questionnaires and sends answers back."""
