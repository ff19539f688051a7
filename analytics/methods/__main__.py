"""``python -m analytics.methods``: the methods without the product around them."""

import sys

from analytics.methods.commands import main

sys.exit(main(sys.argv[1:]))
