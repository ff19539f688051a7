"""Quality of a questionnaire: what compiles and is still wrong, and what it asks of people."""

from surveys.engine.quality.burden import Burden
from surveys.engine.quality.coverage import Catalogued
from surveys.engine.quality.review import Review, review

__all__ = ["Burden", "Catalogued", "Review", "review"]
