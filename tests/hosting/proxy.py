"""nginx as deploy/ sets it up, on ports of its own, with a certificate that is made for the test."""

import os
import shutil
import subprocess
from collections.abc import Sequence
from contextlib import ExitStack, closing, suppress
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path
from socket import create_connection
from time import monotonic

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from deploy.fill import filled
from tests.browser.server import unused_port

DEPLOY = Path(__file__).resolve().parents[2] / "deploy"
TEMPLATE = DEPLOY / "nginx.conf.template"
SECONDS = 10
AROUND = """{user}pid {folder}/nginx.pid;
error_log {folder}/start.log;
worker_processes 2;
events {{}}
http {{
    {places}
    include {folder}/plumbline.conf;
}}
"""
"""What stands round our file; on a host, the nginx of the distribution brings it."""


def program() -> str | None:
    """Debian keeps it out of the PATH of an ordinary user."""
    return shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin:/usr/local/sbin:/opt/homebrew/bin")


def certificate(folder: Path) -> Path:
    """Of localhost, for a day, signed by itself. Its key lies beside it."""
    key, now = ec.generate_private_key(ec.SECP256R1()), datetime.now(UTC)
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "localhost")])
    names = x509.SubjectAlternativeName([x509.DNSName("localhost"), x509.IPAddress(ip_address("127.0.0.1"))])
    made = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - timedelta(hours=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(names, critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    pem = serialization.Encoding.PEM
    plain = (serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    (folder / "key.pem").write_bytes(key.private_bytes(pem, *plain))
    (folder / "certificate.pem").write_bytes(made.public_bytes(pem))
    return folder / "certificate.pem"


class Nginx:
    """`processes` are the ports that it passes on to."""

    def __init__(self, folder: Path, processes: Sequence[int]) -> None:
        self.folder, self.port, self.plain_port = folder, unused_port(), unused_port()
        self.url = f"https://localhost:{self.port}"
        self.certificate = certificate(folder)
        self._process: subprocess.Popen[bytes] | None = None
        settings = {
            "host": "localhost",
            "https": self.port,
            "http": self.plain_port,
            "certificate": str(self.certificate),
            "certificate_key": str(folder / "key.pem"),
            "logs": str(folder),
        }
        told = "".join(f"{name} = {value!r}\n" for name, value in settings.items())
        (folder / "settings.toml").write_text(f"{told}processes = {list(processes)}\n")
        (folder / "plumbline.conf").write_text(filled(TEMPLATE, folder / "settings.toml"))
        kinds = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
        places = "\n    ".join(f"{kind}_temp_path {folder}/{kind};" for kind in kinds)
        user = "user root;\n" if os.geteuid() == 0 else ""  # the folder of a test is its maker's alone
        (folder / "nginx.conf").write_text(AROUND.format(user=user, folder=folder, places=places))

    def faults(self) -> str:
        """What `nginx -t` finds, "" for nothing."""
        looked = subprocess.run([*self._command(), "-t"], check=False, capture_output=True, text=True)
        warned = "[" in looked.stderr
        return looked.stderr if looked.returncode or warned else ""

    def start(self) -> "Nginx":
        self._process = subprocess.Popen([*self._command(), "-g", "daemon off;"], stdin=subprocess.DEVNULL)
        until = monotonic() + SECONDS
        while not self._answers():
            with suppress(subprocess.TimeoutExpired):
                ended = self._process.wait(timeout=0.02)
                raise AssertionError(f"nginx ended with {ended}: {(self.folder / 'start.log').read_text()}")
            assert monotonic() < until, "nginx does not listen"
        return self

    def stop(self) -> None:
        if self._process:
            self._process.terminate()
            self._process.wait(timeout=SECONDS)
            self._process = None

    def log(self) -> str:
        return (self.folder / "plumbline.log").read_text()

    def _answers(self) -> bool:
        with suppress(OSError), ExitStack() as opened:
            for port in (self.port, self.plain_port):
                opened.enter_context(closing(create_connection(("127.0.0.1", port), timeout=SECONDS)))
            return True
        return False

    def _command(self) -> list[str]:
        found = program()
        assert found
        return [found, "-e", "stderr", "-c", str(self.folder / "nginx.conf")]
