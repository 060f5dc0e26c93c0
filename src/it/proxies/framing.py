"""Checks that look at what a proxy hands on: paths, and requests that RFC 9112 does not allow."""

import pathlib
import string
import urllib.parse

from checks import DOWNLOAD
from wire import NAME, Connection

TABLE = pathlib.Path(__file__).parents[2] / "test/resources/misframed-requests.txt"
HOST = f"Host: {NAME}\r\n"
TOKEN = "Authorization: Bearer alices-token\r\n"
START = "POST /_matrix/media/v3/upload HTTP/1.1\r\n"
SMUGGLED = f"GET /_matrix/media/v3/config?smuggled HTTP/1.1\r\n{HOST}{TOKEN}\r\n"
NAMES = ["a%2Fb", "a%2fb", "a%20b", "%E2%82%AC", "€", "a;b=c", "a%3Bb", "a+b", "a%25b", "a%3Fb", "..", "%2e%2e", ".", "a/../b",
         "a//b", "a|b", "~a", "%7Ea", "a%5Cb", "a\\b", "a?b=%2F&c=€", "a?b=//..;+%20"]


def paths_come_through(site, tap):
    """Each target reaches Mediakeep as it was sent, but for raw UTF-8, which may be encoded; or the proxy refuses it."""
    refused = []
    for name in NAMES:
        target = DOWNLOAD.encode() + b"example.org/ID/" + name.encode()
        tap.forget()
        with Connection(site.front) as connection:
            connection.send(b"GET " + target + f" HTTP/1.1\r\n{HOST}{TOKEN}Connection: close\r\n\r\n".encode())
            status = connection.answer().status
        line = tap.requests().split(b"\r\n")[0]
        if not line and status in (400, 403, 404):
            refused.append(name)
        else:
            encoded = urllib.parse.quote(target, safe=string.printable).encode()
            assert line in (b"GET " + target + b" HTTP/1.1", b"GET " + encoded + b" HTTP/1.1"), f"{target} became {line}"
    return f"refuses {' '.join(refused)}" if refused else None


def misframed():
    """The requests of the table."""
    for line in TABLE.read_text().splitlines():
        if line.startswith("#"):
            continue
        kind, status, text = line.split(" ", 2)
        text = text.encode().decode("unicode_escape").replace("{host}", HOST).replace("{name}", NAME).replace("{token}", TOKEN)
        if kind == "field":
            text = START + HOST + TOKEN + text + "\r\nhello"
        elif kind == "host":
            text = START + text + TOKEN + "Content-Length: 5\r\n\r\nhello"
        elif kind == "chunk":
            text = START + HOST + TOKEN + "Transfer-Encoding: chunked\r\n\r\n" + text
        yield text


def counted(site, tap, text, patience):
    """How many answers the client gets, and the statuses of Mediakeep's."""
    tap.forget()
    with Connection(site.front, patience=patience) as connection:
        connection.send((text + SMUGGLED).encode("latin-1"))
        answered = connection.all()
    answers = answered.count(b"HTTP/1.1 ") - answered.count(b"HTTP/1.1 100 ")
    return answers + (bool(answered) and not answered.startswith(b"HTTP/")), tap.answers()  # nginx answers HTTP/0.9


def no_request_is_smuggled(site, tap):
    """Mediakeep never sees more requests than the proxy, and keeps nothing of what was no request."""
    before = set(site.files())
    by_proxy = by_us = taken = 0
    for text in misframed():
        for patience in (1, 5, 15):  # what is late after one second on a busy machine is not there after fifteen
            answers, seen = counted(site, tap, text, patience)
            if len(seen) <= answers:
                break
        assert len(seen) <= answers, f"{text!r}: the proxy gave {answers} answers, Mediakeep {len(seen)}"
        by_proxy += not seen
        by_us += bool(seen) and seen[0] != b"200"
        taken += bool(seen) and seen[0] == b"200"
    kept = set(site.files()) - before
    for file in kept:
        content = file.read_bytes()
        assert content and b"smuggled" not in content, f"{content[:200]} was kept"
    return f"{by_proxy} refused by the proxy, {by_us} by Mediakeep, {taken} put right by the proxy"


CHECKS = [paths_come_through, no_request_is_smuggled]
