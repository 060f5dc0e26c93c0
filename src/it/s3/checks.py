"""What must be true of Mediakeep with any S3 server. A check raises AssertionError."""

import concurrent.futures
import hashlib
import http.client
import json
import os
import re
import threading
import time
import urllib.parse

KIBIBYTE, MEBIBYTE = 1024, 1024 * 1024
UPLOAD = "/_matrix/media/v3/upload"
DOWNLOAD = "/_matrix/client/v1/media/download/"
THUMBNAIL = "/_matrix/client/v1/media/thumbnail/"
DELETION = "/_mediakeep/admin/v1/media/"
READY = "/_mediakeep/health/ready"
BINARY = "application/octet-stream"
DEADLINE = 180
LOST = re.compile("^(The bytes|The blob)", re.MULTILINE)  # findings other than orphans


def await_true(condition, what):
    deadline = time.monotonic() + DEADLINE
    while not condition():
        assert time.monotonic() < deadline, f"not within {DEADLINE} s: {what}"
        time.sleep(0.2)


def upload(site, body):
    return site.admin.upload(body, UPLOAD, BINARY)


def is_served(site, media, body):
    response = site.admin.get(DOWNLOAD + media)
    assert response.status == 200, f"download: {response.status} {response.body[:200]}"
    assert response.body == body, f"{len(body)} bytes came back as {len(response.body)} others"


def keys_of(site, body):
    name = f"/{hashlib.sha256(body).hexdigest()}-"
    return [key for key in site.bucket.keys() if name in key]


def every_size_is_stored(site):
    # The first one meets a server without If-None-Match, and from 16 MiB on there are several parts
    for size in (5 * MEBIBYTE, 0, KIBIBYTE, 40 * MEBIBYTE):
        body = os.urandom(size)
        is_served(site, upload(site, body), body)


def ranges_are_served(site):
    size = 5 * MEBIBYTE
    body = os.urandom(size)
    media = upload(site, body)
    for asked, first, last in [
        ("0-0", 0, 0),
        (f"{MEBIBYTE - 10}-{3 * MEBIBYTE + 10}", MEBIBYTE - 10, 3 * MEBIBYTE + 10),
        ("-1000", size - 1000, size - 1),
        (f"{size - 5}-", size - 5, size - 1),
    ]:
        response = site.admin.get(DOWNLOAD + media, ("Range", f"bytes={asked}"))
        assert response.status == 206, f"{asked}: {response.status}"
        assert response.header("Content-Range") == f"bytes {first}-{last}/{size}", response.header("Content-Range")
        assert response.body == body[first:last + 1], asked
    assert site.admin.get(DOWNLOAD + media, ("Range", f"bytes={size}-")).status == 416


def the_same_content_is_one_object(site):
    body = os.urandom(100 * KIBIBYTE)
    for media in [upload(site, body), upload(site, body)]:
        is_served(site, media, body)
    assert len(keys_of(site, body)) == 1, keys_of(site, body)


def thumbnails_are_objects(site):
    media = site.admin.upload(site.image)
    before = len(site.bucket.keys())
    response = site.admin.get(THUMBNAIL + media + "?width=32&height=32&method=crop")
    assert response.status == 200 and response.header("Content-Type").startswith("image/"), response.status
    again = site.admin.get(THUMBNAIL + media + "?width=32&height=32&method=crop")
    assert again.body == response.body
    assert len(site.bucket.keys()) > before


def get(url):
    """A request of a client that was redirected."""
    parts = urllib.parse.urlsplit(url)
    connection = http.client.HTTPConnection(parts.netloc, timeout=60)
    try:
        connection.request("GET", f"{parts.path}?{parts.query}")
        response = connection.getresponse()
        return response.status, response.headers, response.read()
    finally:
        connection.close()


def clients_are_redirected(site):
    media = site.admin.upload(site.image, UPLOAD + "?filename=c%C3%A4t.png")
    ours = site.admin.get(DOWNLOAD + media)
    response = site.admin.get(DOWNLOAD + media + "?allow_redirect=true")
    assert response.status == 307, response.status
    url = response.header("Location")
    status, headers, body = get(url)
    assert (status, body) == (200, site.image), status
    for name in ("Content-Type", "Content-Disposition", "Cache-Control"):
        assert headers.get(name) == ours.header(name), f"{name}: {headers.get(name)}, not {ours.header(name)}"
    assert get(url[:-1] + ("0" if url[-1] != "0" else "1"))[0] == 403, "another signature"


def deletions_reach_the_bucket(site):
    bodies = [os.urandom(40 * MEBIBYTE), os.urandom(KIBIBYTE)]
    before = site.stored_bytes()
    deleted = [upload(site, body) for body in bodies]
    assert all(keys_of(site, body) for body in bodies)
    for media in deleted:
        response = site.admin.request("DELETE", DELETION + media)
        assert response.status == 202, f"{response.status} {response.body[:200]}"
    await_true(lambda: not any(keys_of(site, body) for body in bodies), "the objects are removed")
    assert all(site.admin.get(DOWNLOAD + media).status == 404 for media in deleted)
    await_true(lambda: site.stored_bytes() <= before, "the parts are removed")


def is_ready(site):
    return site.admin.get(READY).status == 200


def a_stopped_store_is_survived(site):
    body = os.urandom(2 * MEBIBYTE)
    media = upload(site, body)
    site.stop_store()
    for _ in range(2):  # before the store is known not to be available, and after
        response = site.admin.request("POST", UPLOAD, [("Content-Type", BINARY)], os.urandom(KIBIBYTE))
        assert response.status == 503 and response.header("Retry-After").isdigit(), f"upload: {response.status}"
        assert site.admin.get(DOWNLOAD + media).status == 503
        await_true(lambda: not is_ready(site), "the node is not ready")
    assert not json.loads(site.admin.get(READY).body)["blob_store"]["ok"]
    site.start_store()
    await_true(lambda: is_ready(site), "the node is ready")
    is_served(site, media, body)
    is_served(site, upload(site, body), body)


def acknowledged_uploads_survive_a_kill(site):
    # every fifth is sent to the store in parts
    bodies = [os.urandom(17 * MEBIBYTE if number % 5 == 0 else 300 * KIBIBYTE) for number in range(20)]
    acknowledged = {}
    some = threading.Semaphore(0)

    def send(body):
        try:
            acknowledged[upload(site, body)] = body
        except (OSError, http.client.HTTPException):
            return  # not acknowledged
        some.release()

    with concurrent.futures.ThreadPoolExecutor(len(bodies)) as threads:
        for body in bodies:
            threads.submit(send, body)
        assert all(some.acquire(timeout=DEADLINE) for _ in range(5))
        site.kill_mediakeep()
    site.start_mediakeep()
    for media, body in acknowledged.items():
        is_served(site, media, body)
    return f"{len(acknowledged)} of {len(bodies)} were acknowledged"


def rows_and_bucket_match(site):
    site.stop_mediakeep()
    code, output = site.check("--deep", "--repair")
    assert code in (0, 1) and not LOST.search(output), f"{code}: {output}"
    code, output = site.check()
    assert code == 0, f"{code}: {output}"


CHECKS = [every_size_is_stored, ranges_are_served, the_same_content_is_one_object, thumbnails_are_objects, clients_are_redirected,
          deletions_reach_the_bucket, a_stopped_store_is_survived, acknowledged_uploads_survive_a_kill, rows_and_bucket_match]
