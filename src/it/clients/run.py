"""Runs clients that are installed in a folder against the server, directly and behind nginx."""

import pathlib
import shutil
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).parent
sys.path.insert(0, str(HERE.parent / "proxies"))

import homeserver  # noqa: E402
import recipes  # noqa: E402
from servers import behind, mediakeep  # noqa: E402


def run(folder, client, where, url, page):
    """Runs one client, which may ask for a preview of a page; answers whether all went as it should."""
    modules = folder / "npm/node_modules"
    if client == "js":
        command = ["node", "--no-warnings", HERE / "js_sdk.mjs", modules / "matrix-js-sdk/lib/index.js", url, page]
    elif client == "chromium":
        command = ["node", HERE / "chromium.mjs", modules, url]
    else:
        command = [folder / "python/bin/python", "-B", HERE / f"{client}_client.py", url, page]
    print(f"clients: {client} {where}", flush=True)
    return subprocess.run(command, timeout=300).returncode == 0


def main():
    folder, clients = pathlib.Path(sys.argv[1]), sys.argv[2:]
    homeserver_port = homeserver.start()
    page = f"http://127.0.0.1:{homeserver_port}/page"
    results = []
    with tempfile.TemporaryDirectory(prefix="mediakeep-") as data:
        process, port = mediakeep(pathlib.Path(data), homeserver_port)
        try:
            results += [run(folder, client, "directly", f"http://127.0.0.1:{port}", page) for client in clients]
            if recipes.version("nginx") and shutil.which("openssl"):
                behind("nginx", port, homeserver_port, lambda site: results.extend(
                    run(folder, client, "through nginx", f"https://127.0.0.1:{site.front}", page)
                    for client in clients if client != "synadm"))  # the recipe has no paths of administrators
            else:
                print("clients: nginx or openssl is not installed: left out")
        finally:
            process.terminate()
            process.wait(60)
    print(f"clients: {sum(results)} passed, {len(results) - sum(results)} failed")
    sys.exit(not all(results))


main()
