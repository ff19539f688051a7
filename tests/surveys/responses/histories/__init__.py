"""Histories of several people at one draft, as their browsers live through them."""
