"""A codebook as DDI-Codebook 2.5 (DDI Alliance, 2012): what is described where.

``document`` gives the whole; ``study`` and ``data`` its halves. Elements stand in the order of the
schema; texts say their language; of what may stand there once, the Vietnamese text does.
"""

from exporters.codebooks.ddi.document import ddi_xml

__all__ = ["ddi_xml"]
