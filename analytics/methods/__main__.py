"""``python -m analytics.methods``: the methods without the product around them."""

import io
import sys

from analytics.methods.commands import main

for stream in (sys.stdout, sys.stderr):
    # What is written is UTF-8 as promised, also where a console (of Windows) has another alphabet.
    if isinstance(stream, io.TextIOWrapper):
        stream.reconfigure(encoding="utf-8")
sys.exit(main(sys.argv[1:]))
