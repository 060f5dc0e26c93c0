"""What synadm does with media: lists, quarantine, deletions and purges."""

import json
import pathlib
import subprocess
import sys
import tempfile
import urllib.error
import urllib.request

from samples import picture

CONFIG = """\
user: operator
token: operators-token
base_url: {url}
admin_path: /_synapse/admin
matrix_path: /_matrix
timeout: 30
server_discovery: well-known
homeserver: example.org
ssl_verify: false
format: json
"""


def upload(url, content):
    request = urllib.request.Request(
        url + "/_matrix/media/v3/upload?filename=cat.png", content,
        {"Authorization": "Bearer alices-token", "Content-Type": "image/png"})
    media = json.load(urllib.request.urlopen(request))["content_uri"].removeprefix("mxc://example.org/")
    return upload(url, content) if media.startswith("-") else media  # synadm would take it for an option


def status(url, media):
    request = urllib.request.Request(
        f"{url}/_matrix/client/v1/media/download/example.org/{media}", headers={"Authorization": "Bearer alices-token"})
    try:
        return urllib.request.urlopen(request).status
    except urllib.error.HTTPError as rejected:
        return rejected.code


def main(url, _):
    with tempfile.NamedTemporaryFile("w", suffix=".yaml") as config:
        config.write(CONFIG.format(url=url))
        config.flush()

        def synadm(*arguments):
            command = [pathlib.Path(sys.executable).with_name("synadm"), "-c", config.name, "--batch", "-o", "json", *arguments]
            ran = subprocess.run(command, capture_output=True, text=True, timeout=60)
            assert ran.returncode == 0, ran
            return json.loads(ran.stdout)

        first, second, third = (upload(url, picture() + bytes([number])) for number in range(3))
        listed = synadm("media", "list", "-u", "@alice:example.org", "-s", "created_ts", "-R")
        assert [media["media_id"] for media in listed["media"][:3]] == [third, second, first], listed
        assert synadm("user", "media", "@alice:example.org")["total"] == listed["total"]
        # the homeserver of this test has rooms whose names are those of their media
        assert synadm("media", "list", "-r", f"!{first}:example.org") == {"local": [f"mxc://example.org/{first}"], "remote": []}

        synadm("media", "quarantine", "-s", "example.org", "-i", first)
        assert status(url, first) == 404
        synadm("media", "unquarantine", "-s", "example.org", "-i", first)
        assert status(url, first) == 200
        assert synadm("media", "quarantine", "-r", f"!{first}:example.org") == {"num_quarantined": 1}
        synadm("media", "protect", second)
        synadm("media", "quarantine", "-u", "@alice:example.org")
        assert [status(url, media) for media in (first, second, third)] == [404, 200, 404]

        assert synadm("media", "delete", "-i", second) == {"deleted_media": [second], "total": 1}
        assert status(url, second) == 404
        assert synadm("media", "delete", "-d", "1", "--kib", "1")["total"] == 0
        assert synadm("media", "purge", "-d", "1") == {"deleted": 0}


main(*sys.argv[1:])
