"""Official documents: what is to be said goes in, the bytes of a PDF or DOCX come out.

Reading this package loads no heavy library. ``pdf`` and ``word`` do: they are for tasks and commands.
"""

from surveys.documents.letter import Authority, Capacity, Letter, Signature
from surveys.documents.qr import qr_png, qr_svg
from surveys.documents.text import readable

__all__ = ["Authority", "Capacity", "Letter", "Signature", "qr_png", "qr_svg", "readable"]
