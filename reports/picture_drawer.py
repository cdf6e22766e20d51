"""The child process that draws the pictures of one document: charts in as JSON, pictures out as JSON.

It runs as a script, isolated (`python -I`), and so imports nothing of the house. What draws holds Python's lock for
half a second a chart and keeps some 200 MB: in the server, everybody would wait for it.
"""

import base64
import json
import sys
from typing import Any

import vl_convert

NOWHERE: list[str] = []
"""A chart brings its data with it; nothing is fetched."""


def drawn(order: dict[str, Any]) -> list[str]:
    """PNG in base64, one for each chart."""
    how = {key: order[key] for key in ("vl_version", "config", "scale")}
    pictures = [vl_convert.vegalite_to_png(spec, allowed_base_urls=NOWHERE, **how) for spec in order["specs"]]
    return [base64.b64encode(picture).decode("ascii") for picture in pictures]


if __name__ == "__main__":
    json.dump(drawn(json.load(sys.stdin)), sys.stdout)
