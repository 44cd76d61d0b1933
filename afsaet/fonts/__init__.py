"""The fonts that papers and pictures are set in; README.md beside this file tells where each comes from."""

from __future__ import annotations

from pathlib import Path

FOLDER = Path(__file__).parent
