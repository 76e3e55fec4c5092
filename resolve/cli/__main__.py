"""`python -m resolve.cli`: the command `resolve`, where it is not on the path."""

import sys

from resolve.cli import main

sys.exit(main())
