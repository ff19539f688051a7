"""Reports: what a round has shown, to be read and printed."""
