#!/usr/bin/env python3
"""Generates a media store as Synapse writes it, and watches its import.

usage: import.py generate DIRECTORY ROWS
       import.py watch URL TOKEN DIRECTORY ROWS CLIENTS    until the import is done, with clients that read and upload
       import.py until URL TOKEN ITEMS                     until the import has done so many
"""
import hashlib
import http.client
import json
import os
import random
import sqlite3
import sys
import threading
import time
import urllib.parse

SERVER = "bench.example"
ADMIN = "/_mediakeep/admin/v1"
USERS = 20
SAMPLE = 500


def media_id(row):
    return hashlib.sha256(b"id %d" % row).hexdigest()[:24]


def content(row):
    """1 KiB; every two rows have the same."""
    return random.Random(row // 2).randbytes(1024)


def path(directory, row):
    media = media_id(row)
    return os.path.join(directory, "media", "local_content", media[:2], media[2:4], media[4:])


def generate(directory, rows):
    os.makedirs(directory)
    database = sqlite3.connect(os.path.join(directory, "homeserver.db"))
    database.execute(
        "create table local_media_repository (media_id text, media_type text, media_length integer, created_ts bigint,"
        " upload_name text, user_id text, quarantined_by text, url_cache text, last_access_ts bigint,"
        " safe_from_quarantine boolean, authenticated boolean, sha256 text)"
    )
    database.execute(
        "create table remote_media_cache (media_origin text, media_id text, media_type text, created_ts bigint,"
        " upload_name text, media_length integer, filesystem_id text, last_access_ts bigint, quarantined_by text,"
        " authenticated boolean, sha256 text)"
    )
    for row in range(rows):
        file = path(directory, row)
        os.makedirs(os.path.dirname(file), exist_ok=True)
        with open(file, "wb") as target:
            target.write(content(row))
        database.execute(
            "insert into local_media_repository values (?, 'image/png', 1024, ?, 'a.png', ?, null, null, ?, 0, 1, ?)",
            (
                media_id(row),
                1700000000000 + row,
                "@user%d:%s" % (row % USERS, SERVER),
                1700000000000 + random.Random(row).randrange(10**9),
                hashlib.sha256(content(row)).hexdigest(),
            ),
        )
    database.commit()


class Client:
    def __init__(self, url, token):
        self.address = urllib.parse.urlsplit(url).netloc
        self.token = token
        self.connection = http.client.HTTPConnection(self.address)

    def request(self, method, target, body=None):
        self.connection.request(method, target, body, {"Authorization": "Bearer " + self.token})
        response = self.connection.getresponse()
        return response.status, response.read()

    def json(self, method, target):
        return json.loads(self.request(method, target)[1])

    def job(self):
        """The first import; starts it if there is none."""
        jobs = [job for job in self.json("GET", ADMIN + "/jobs")["jobs"] if job["kind"] == "import"]
        return jobs[-1] if jobs else self.json("POST", ADMIN + "/import")["job"]


def download(row):
    return "/_matrix/client/v1/media/download/%s/%s" % (SERVER, media_id(row))


def use(client, rows, times, done):
    chance = random.Random()
    while not done.is_set():
        began = time.monotonic()
        if chance.random() < 0.1:
            status, _ = client.request("POST", "/_matrix/media/v3/upload", chance.randbytes(1024))
        else:
            status, _ = client.request("GET", download(chance.randrange(rows)))
        times.append((time.monotonic() - began, status))
        time.sleep(0.05)


def watch(url, token, directory, rows, clients):
    client = Client(url, token)
    times, done = [], threading.Event()
    threads = [threading.Thread(target=use, args=(Client(url, token), rows, times, done)) for _ in range(clients)]
    for thread in threads:
        thread.start()
    try:
        while (job := client.job())["state"] != "done":
            if job["state"] not in ("waiting", "running"):
                raise SystemExit("the import is %s: %s" % (job["state"], job.get("failure")))
            time.sleep(0.5)
    finally:
        done.set()
        for thread in threads:
            thread.join()
    seconds = (job["updated_ts"] - job["started_ts"]) / 1000
    failed = sum(1 for _, status in times if status != 200)
    latencies = sorted(duration for duration, _ in times) or [0]
    print(
        "%d rows in %.1f s: %.0f/s; %d errors; %d requests, p99 %.0f ms, %d failed"
        % (
            job["done"],
            seconds,
            job["done"] / seconds,
            job["error_count"],
            len(times),
            1000 * latencies[int(len(latencies) * 0.99)],
            failed,
        )
    )
    verify(client, job, rows)


def verify(client, job, rows):
    users = client.json("GET", "/_synapse/admin/v1/statistics/users/media?limit=1000")["users"]
    imported = [user for user in users if user["user_id"].startswith("@user")]
    exact = (job["done"], sum(user["media_count"] for user in imported), sum(user["media_length"] for user in imported))
    if job["error_count"] or exact != (rows, rows, 1024 * rows):
        raise SystemExit("not exact: %d errors, %s" % (job["error_count"], exact))
    for row in random.sample(range(rows), min(rows, SAMPLE)):
        if client.request("GET", download(row)) != (200, content(row)):
            raise SystemExit("row %d is not as it was" % row)


def until(url, token, items):
    client = Client(url, token)
    while (job := client.job())["done"] < items and job["state"] != "done":
        time.sleep(0.05)


if sys.argv[1] == "generate":
    generate(sys.argv[2], int(sys.argv[3]))
elif sys.argv[1] == "watch":
    watch(*sys.argv[2:5], int(sys.argv[5]), int(sys.argv[6]))
else:
    until(*sys.argv[2:4], int(sys.argv[4]))
