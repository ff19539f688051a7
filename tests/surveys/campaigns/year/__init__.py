"""A quarterly campaign through a whole year, with a moved clock and a real mail server."""
