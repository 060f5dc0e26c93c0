"""Checks that look at what a proxy hands on: paths, and requests that RFC 9112 does not allow."""

import pathlib
import urllib.parse

from checks import DOWNLOAD
from wire import NAME, Connection

TABLE = pathlib.Path(__file__).parents[2] / "test/resources/misframed-requests.txt"
HOST = f"Host: {NAME}\r\n"
TOKEN = "Authorization: Bearer alices-token\r\n"
START = "POST /_matrix/media/v3/upload HTTP/1.1\r\n"
ALLOWED = "%/:?#[]@!$&'()*+,;=~"  # in a URL, beside letters, digits and -._ (RFC 3986)
NAMES = ["a%2Fb", "a%2fb", "a%20b", "%E2%82%AC", "€", "a;b=c", "a%3Bb", "a+b", "a%25b", "a%3Fb", "..", "%2e%2e", ".", "a/../b",
         "a//b", "a|b", "~a", "%7Ea", "a%5Cb", "a\\b", "a?b=%2F&c=€", "a?b=//..;+%20"]


def paths_come_through(site, tap):
    """Each target reaches Mediakeep as it was sent, except for characters that must be encoded and are not, or the proxy rejects it."""
    rejected = []
    for name in NAMES:
        target = DOWNLOAD.encode() + b"example.org/ID/" + name.encode()
        tap.clear()
        with Connection(site.front) as connection:
            connection.send(b"GET " + target + f" HTTP/1.1\r\n{HOST}{TOKEN}Connection: close\r\n\r\n".encode())
            status = connection.response().status
        line = tap.requests().split(b"\r\n")[0]
        if not line and status in (400, 403, 404):
            rejected.append(name)
        else:
            encoded = urllib.parse.quote(target, safe=ALLOWED).encode()
            assert line in (b"GET " + target + b" HTTP/1.1", b"GET " + encoded + b" HTTP/1.1"), f"{target} became {line}"
    return f"rejects {' '.join(rejected)}" if rejected else None


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


def responses_to_probe(site, tap, text, probe, timeout):
    """Sends a misframed request and a probe behind it; returns how often Mediakeep and the client saw the response to the probe."""
    following = f"GET {probe} HTTP/1.1\r\n{HOST}{TOKEN}\r\n"
    tap.clear()
    with Connection(site.front) as connection:
        connection.socket.settimeout(timeout)
        connection.send((text + following).encode("latin-1"))
        received = connection.all()
    name = probe.rsplit("/", 1)[1].encode()
    return sum(talk.received.count(name) for talk in tap.talks), received.count(name)


def says_its_length(text):
    """Whether there must be a body; an upload without one, in which a proxy has put other things right, is an empty file."""
    return "Content-Length" in text or "Transfer-Encoding" in text


def no_request_is_smuggled(site, tap):
    """Mediakeep sends no response to what the proxy did not take for a request, and stores nothing of it."""
    mxc = site.alice.upload(b"something to request")
    before = set(site.files())
    by_proxy = by_us = taken = 0
    for i, text in enumerate(misframed()):
        for timeout in (1, 5, 20):  # what is late after one second on a busy machine is there after twenty
            by_mediakeep, by_client = responses_to_probe(site, tap, text, f"{DOWNLOAD}{mxc}/probe-{i}-{timeout}-", timeout)
            if by_mediakeep <= by_client:
                break
        assert by_mediakeep <= by_client, f"{text!r}: what follows it is a request for Mediakeep alone"
        stored = set(site.files())
        for content in (file.read_bytes() for file in stored - before):
            assert b"/probe-" not in content and (content or not says_its_length(text)), f"{text!r}: {content} was stored"
        before = stored
        statuses = tap.responses()
        by_proxy += not statuses
        by_us += bool(statuses) and statuses[0] != b"200"
        taken += bool(statuses) and statuses[0] == b"200"
    return f"{by_proxy} rejected by the proxy, {by_us} by Mediakeep, {taken} put right by the proxy"


CHECKS = [paths_come_through, no_request_is_smuggled]
