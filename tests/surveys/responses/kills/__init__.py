"""The web process killed while people type: nothing that it acknowledged may be lost."""
