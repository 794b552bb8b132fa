"""The door of record systems on the real server: the lines of its page, with curl."""

import json
import re
import subprocess
import zipfile

from havre.plumbing.environment import CLONE
from havre.referrals.records.actions import issue_system_key
from havre.referrals.records.rules import KEY
from tests import make
from tests.live import LiveHouse

PAGE = CLONE / "docs" / "records.md"
DEMO_KEY = "havre_5c1f0a9e7b3d2468ace013579bdf02468ace13579bdf0246"


def test_the_lines_in_the_docs_work_as_they_stand(real_database, tmp_path):
    house = LiveHouse(real_database)
    house.start()
    try:
        detective = make.officer(make.directory())
        make.referral(make.report(), to=detective.agency, by=make.analyst())
        _row, key = issue_system_key("Files", officer=detective.username, by=detective)
        lines = "".join(re.findall(r"```sh\n(.*?)```", PAGE.read_text(), re.DOTALL))
        for shown, here in (("http://127.0.0.1:8000", house.url), (DEMO_KEY, key)):
            assert shown in lines
            lines = lines.replace(shown, here)
        done = subprocess.run(
            ["/bin/sh", "-eu"],
            input=lines,
            cwd=tmp_path,
            capture_output=True,
            text=True,
            check=False,
        )
    finally:
        house.stop()
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.count('"state": "accepted"') == 3
    assert zipfile.is_zipfile(tmp_path / "package.zip")
    assert json.loads((tmp_path / "one.json").read_text())["report"]["reportId"]


def test_the_docs_show_the_demo_s_own_key():
    people = (CLONE / "havre" / "wiring" / "data" / "demo" / "people.toml").read_text()
    assert f'key = "{DEMO_KEY}"' in people
    assert KEY.fullmatch(DEMO_KEY)
