"""A codebook as one HTML file that needs nothing else: no script, no address outside of itself."""

from exporters.codebooks.html.page import codebook_html

__all__ = ["codebook_html"]
