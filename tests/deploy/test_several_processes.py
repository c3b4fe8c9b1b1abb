"""Two servers on one PostgreSQL behind one nginx are one portal."""

import json
from contextlib import closing
from pathlib import Path

import pytest

from tests.support.mailserver import MailServer
from tests.support.nginx import NAME, Nginx, Secure, nginx_before
from tests.support.portal_process import SECRET, portal_process
from tests.support.postgres import PostgresServer
from tests.support.submissions import COMPLAINT
from tests.support.together import together

Answer = tuple[int, dict[str, str]]


def ask(nginx: Nginx, path: str, body: object = None, **more: str) -> Answer:
    headers = {"Host": NAME, "Content-Type": "application/json"}
    headers |= {name.replace("_", "-"): value for name, value in more.items()}
    with closing(Secure(nginx)) as line:
        data = None if body is None else json.dumps(body)
        line.request("GET" if body is None else "POST", path, data, headers)
        answer = line.getresponse()
        return answer.status, json.load(answer)


@pytest.mark.postgres
def test_two_processes_are_one_portal(
    postgres_server: PostgresServer, mail_server: MailServer, tmp_path: Path
) -> None:
    given = {
        "ENV": "production",
        "SECRET_KEY": SECRET,
        "SITE_URL": f"https://{NAME}",
        "SMTP_URL": mail_server.url,
        "DATABASE_URL": postgres_server.create_database(),
        "RATELIMIT": "off",
        "UPLOAD_DIR": str(tmp_path / "uploads"),
    }
    folders = [tmp_path / "one", tmp_path / "two"]
    for folder in folders:
        folder.mkdir()
    with (
        portal_process(folders[0], **given) as first,
        portal_process(folders[1], **given) as second,
        nginx_before(tmp_path / "nginx", first.port, second.port) as nginx,
    ):

        def file(number: int) -> Answer:
            key = f"key-of-a-customer-{number // 2}"  # Everybody sends twice.
            return ask(nginx, "/api/v1/complaints", COMPLAINT, Idempotency_Key=key)

        answers = together([lambda number=number: file(number) for number in range(20)])
        assert {status for status, _ in answers} == {201}
        receipts = {answer["reference"]: answer["code"] for _, answer in answers}
        assert len(receipts) == 10
        for reference, code in receipts.items():
            for _ in range(2):  # By turns from one process and the other.
                status, case = ask(nginx, "/api/v1/case", Authorization=f"Bearer {code}")
                assert (status, case["reference"]) == (200, reference)
        # A receipt and a notice each, and none of them twice.
        assert mail_server.wait_for(20, 120)
    numbers = [one.message["Message-ID"] for one in mail_server.delivered]
    assert len(numbers) == len(set(numbers)) == 20
    for server in (first, second):
        assert '"/api/v1/complaints"' in server.said
