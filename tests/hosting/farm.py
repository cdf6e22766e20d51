"""A hosted Plumbline as deploy/ sets it up: PostgreSQL with two roles, two processes, nginx before them, a provider."""

import re
import shutil
import subprocess
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from http.cookies import SimpleCookie
from pathlib import Path
from queue import Empty, Queue
from secrets import token_hex
from ssl import SSLContext, create_default_context
from urllib.parse import urlsplit

import httpx2

from assessments.store import database, walls
from tests.browser.server import START_SECONDS, Server, unused_port
from tests.hosting.proxy import DEPLOY, Nginx
from tests.server import hosted
from tests.stores import Cluster

HOSTED = DEPLOY / "hosted.toml"


class Hosted(Server):
    """One process; it is let into by a provider alone."""

    cookie = ("", "")

    def _says_it_is_open(self, lines: "Queue[str | None]") -> bool:
        try:
            said = iter(lambda: lines.get(timeout=START_SECONDS), None)
            return any(line.endswith("Application startup complete.") for line in said)
        except Empty:
            return False


@dataclass(frozen=True)
class Database:
    """By the roles of deploy/database.sql."""

    owner_url: str
    url: str


@dataclass(frozen=True)
class Farm:
    nginx: Nginx
    processes: dict[int, Hosted]
    """By their ports."""

    @property
    def url(self) -> str:
        return self.nginx.url

    def trusted(self) -> SSLContext:
        return create_default_context(cafile=str(self.nginx.certificate))

    def first_link(self) -> str:
        """For whoever is to look after it, as every process prints it."""
        output = next(iter(self.processes.values())).output
        return next(line for line in output if line.startswith(f"{self.url}/invited?t="))

    def sign_in(self, subject: str, invitation: str = "") -> str:
        """The cookie of a browser in which somebody has gone the whole way, over nginx and the provider."""
        with httpx2.Client(base_url=self.url, verify=self.trusted(), follow_redirects=False) as browser:
            begun = browser.get("/sign-in/county", params={"t": invitation} if invitation else {})
            answered = httpx2.post(begun.headers["location"], data={"sub": subject}, follow_redirects=False)
            back = urlsplit(answered.headers["location"])
            entered = browser.get(f"{back.path}?{back.query}", headers={"cookie": _kept(begun)})
        assert entered.status_code == 303, entered.text
        return _kept(entered)


def _kept(answer: httpx2.Response) -> str:
    """What a browser would send next time of the cookies that an answer sets."""
    jars = [SimpleCookie(one) for one in answer.headers.get_list("set-cookie")]
    return "; ".join(f"{name}={one.value}" for jar in jars for name, one in jar.items() if one.value)


@contextmanager
def two_roles(cluster: Cluster) -> Iterator[Database]:
    """An up-to-date database as deploy/database.sql and plumbline-migrate.service leave it."""
    mark = token_hex(4)
    names = {"database": f"hosted_{mark}", "owner": f"owner_{mark}", "role": f"role_{mark}"}
    _psql(cluster.url("postgres"), "database.sql", names)
    where = f"@/{names['database']}?host={cluster.folder}"
    made = Database(f"postgresql://{names['owner']}{where}", f"postgresql://{names['role']}{where}")
    try:
        engine = database.connect(made.owner_url)
        database.migrate(engine)
        with engine.begin() as connection:
            walls.let_in(connection, names["role"])
        engine.dispose()
        yield made
    finally:
        cluster.execute(f"DROP DATABASE {names['database']} WITH (FORCE)")
        for role in ("owner", "role"):
            cluster.execute(f"DROP ROLE {names[role]}")


def _psql(url: str, script: str, names: dict[str, str]) -> None:
    told = [f"--set={name}={value}" for name, value in names.items()]
    program = shutil.which("psql")
    assert program, "psql comes with PostgreSQL"
    command = [program, "--no-psqlrc", "--quiet", "--set=ON_ERROR_STOP=1", *told, f"--file={DEPLOY / script}", url]
    done = subprocess.run(command, check=False, capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (0, ""), f"{script}: {done.stderr}"


@contextmanager
def farm(folder: Path, url: str) -> Iterator[Farm]:
    """Its people, its agencies and its audit key are there already: DATA_DIR and the database hold them."""
    ports = (unused_port(), unused_port())
    with ExitStack() as opened:
        nginx = Nginx(folder, ports)
        opened.callback(nginx.stop)
        issuer = opened.enter_context(hosted.provider())
        (folder / "county.secret").write_text("secret")
        told = HOSTED.read_text().replace("https://plumbline.example.org", nginx.url)
        (folder / "hosted.toml").write_text(re.sub(r'issuer = ".*"', f'issuer = "{issuer}"', told))
        processes = {port: _process(folder, url, port) for port in ports}
        for one in processes.values():
            opened.callback(one.kill)
        with ThreadPoolExecutor() as together:
            list(together.map(Hosted.start, processes.values()))
        yield Farm(nginx.start(), processes)


def _process(folder: Path, url: str, port: int) -> Hosted:
    one = Hosted(folder / "data", DATABASE_URL=url, PLUMBLINE_HOSTED=str(folder / "hosted.toml"))
    one.port = port
    one.url = f"http://127.0.0.1:{port}"
    return one
