"""The researchers' portal: what was published, how it may be used, tables made of it, microdata on request."""
