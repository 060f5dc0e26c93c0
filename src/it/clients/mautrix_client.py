"""What mautrix-python does with media."""

import asyncio
import sys

import aiohttp
from mautrix.client import ClientAPI
from mautrix.errors import MTooLarge, MUnknownToken
from mautrix.types import VersionsResponse
from samples import LARGE, TOO_LARGE, picture


async def rejected(who, size, expected):
    try:
        await who.upload_media(bytes(size), "image/png", "large.png")
    except expected:
        return
    raise AssertionError(f"{expected.__name__} was expected")


def client(url, token, session):
    made = ClientAPI("@alice:example.org", base_url=url, token=token, client_session=session)
    made.versions_cache = VersionsResponse.deserialize({"versions": ["v1.11"]})  # what the homeserver would say
    return made


async def main(url, page):
    async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(ssl=False)) as session:
        alice, unknown = client(url, "alices-token", session), client(url, "wrong-token", session)
        assert (await alice.get_media_repo_config()).upload_size == 100 * 1024 * 1024
        sent = picture()
        mxc = await alice.upload_media(sent, "image/png", "cat.png")
        assert await alice.download_media(mxc) == sent
        assert await alice.download_thumbnail(mxc, 32, 32)
        later = await alice.upload_media(sent, "image/png", "cat.png", async_upload=True)
        assert await alice.download_media(later, timeout_ms=20_000) == sent
        assert (await alice.get_url_preview(page)).title == "All about cats"
        await rejected(unknown, LARGE, MUnknownToken)
        await rejected(alice, TOO_LARGE, MTooLarge)


asyncio.run(main(*sys.argv[1:]))
