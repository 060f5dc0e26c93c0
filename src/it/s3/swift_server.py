"""OpenStack Swift with its S3 API (s3api) in one process: swift_server.py DIRECTORY PORT, with the Python of Debian's python3-swift.

One device, no replicas, and timeouts for slow machines; everything else is Swift's default. The access key is test:tester, the secret
key testing.
"""

import os
import pathlib
import sys
import time

import eventlet
from eventlet import wsgi
from swift.common import utils
from swift.common.ring import RingBuilder
from swift.common.wsgi import SwiftHttpProtocol, loadapp

BACKENDS = ("account", "container", "object")

DEFAULTS = """\
[DEFAULT]
swift_dir = {directory}
devices = {directory}/devices
mount_check = false
log_level = WARNING
client_timeout = 60
conn_timeout = 10
node_timeout = 60
container_update_timeout = 60
"""

BACKEND = DEFAULTS + """
[app:main]
use = egg:swift#{kind}
"""

PROXY = DEFAULTS + """
[pipeline:main]
pipeline = catch_errors listing_formats s3api tempauth slo proxy-server

[filter:catch_errors]
use = egg:swift#catch_errors

[filter:listing_formats]
use = egg:swift#listing_formats

[filter:s3api]
use = egg:swift#s3api

[filter:tempauth]
use = egg:swift#tempauth
user_test_tester = testing .admin

[filter:slo]
use = egg:swift#slo

[app:proxy-server]
use = egg:swift#proxy
account_autocreate = true
conn_timeout = 10
node_timeout = 60
error_suppression_limit = 1000000
"""


class EmptyCache:
    """In place of memcached, which tempauth insists on."""

    def get(self, *ignored, **options):
        return None

    set = incr = delete = get


def without_cache(proxy):
    def application(environment, start_response):
        environment["swift.cache"] = EmptyCache()
        return proxy(environment, start_response)

    return application


def write_ring(directory, kind, port):
    builder = RingBuilder(4, 1, 1)  # 16 partitions, one replica
    builder.add_dev({"region": 1, "zone": 1, "ip": "127.0.0.1", "port": port, "device": "sda", "weight": 1})
    builder.rebalance()
    builder.get_ring().save(str(directory / f"{kind}.ring.gz"))


def load(directory, kind, text):
    file = directory / f"{kind}.conf"
    file.write_text(text.format(directory=directory, kind=kind))
    return loadapp(str(file))


def serve(listener, application):
    wsgi.server(listener, application, utils.NullLogger(), protocol=SwiftHttpProtocol, capitalize_response_headers=False)


def main(directory, port):
    os.environ["TZ"] = "UTC+0"
    time.tzset()
    utils.eventlet_monkey_patch()
    (directory / "devices/sda").mkdir(parents=True, exist_ok=True)
    (directory / "swift.conf").write_text("[swift-hash]\nswift_hash_path_suffix = test\n")
    utils.set_swift_dir(str(directory))
    utils.get_logger({}, log_to_console=True)  # from now on all loggers have the console
    front = eventlet.listen(("127.0.0.1", port))
    for kind in BACKENDS:
        listener = eventlet.listen(("127.0.0.1", 0))
        write_ring(directory, kind, listener.getsockname()[1])
        eventlet.spawn(serve, listener, load(directory, kind, BACKEND))
    serve(front, without_cache(load(directory, "proxy", PROXY)))


main(pathlib.Path(sys.argv[1]), int(sys.argv[2]))
