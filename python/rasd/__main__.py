"""``python -m rasd`` is ``rasd``."""

import sys

from rasd._cli import main

sys.exit(main())
