"""The policy allows the scripts that stand in Streamlit's page, our own, and no other."""

import base64
import hashlib
import re
from pathlib import Path

from pages.shared import look
from server import index
from server.policy import content_policy, scripts_in


def hashed(script: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()}'"


def test_streamlits_page_has_inline_scripts_and_they_are_found() -> None:
    scripts = scripts_in(index.told_beforehand())
    assert scripts[0] == index.TOLD, "before Streamlit's own, which read it"
    assert any("prerenderReady" in script for script in scripts)


def test_the_script_of_the_pages_is_the_one_that_is_allowed() -> None:
    """They are drawn by one and allowed by the other, which never import each other."""
    (drawn,) = re.findall(r"<script>(.*)</script>", look.SCRIPT, re.DOTALL)
    policy = content_policy([Path(look.CONSTANT).read_text(encoding="utf-8")])
    assert hashed(drawn) in policy
    assert hashed(drawn + " ") not in policy


def test_nothing_is_evaluated_and_nothing_comes_from_elsewhere() -> None:
    policy = dict(part.split(" ", 1) for part in content_policy(["a()"]).split("; "))
    assert policy["script-src"] == f"'self' {hashed('a()')}"
    assert policy["default-src"] == "'self'"
    for name in ("object-src", "base-uri", "form-action", "frame-ancestors"):
        assert policy[name] == "'none'"
    assert not any("http" in sources or "*" in sources for sources in policy.values())
