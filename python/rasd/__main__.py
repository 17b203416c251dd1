"""``python -m rasd`` is ``rasd``."""

import sys

from rasd._cli import main

if __name__ == "__main__":
    sys.exit(main())
