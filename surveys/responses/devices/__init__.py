"""What devices in the field send: kept as it came, stored where nothing else stands."""
