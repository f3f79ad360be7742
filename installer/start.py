"""Where the frozen program begins."""

import sys

from ncpi_desktop.__main__ import main

sys.exit(main())
