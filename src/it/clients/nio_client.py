"""What matrix-nio does with media."""

import asyncio
import io
import sys

import nio
from samples import LARGE, TOO_LARGE, picture


def client(url, token):
    made = nio.AsyncClient(url, "@alice:example.org", ssl=False)
    made.access_token = token
    return made


async def rejected(who, size, code):
    answer, _ = await who.upload(lambda *_: io.BytesIO(bytes(size)), "image/png", "large.png", filesize=size)
    assert isinstance(answer, nio.UploadError) and answer.status_code == code, answer


async def main(url, _):
    alice, unknown = client(url, "alices-token"), client(url, "wrong-token")
    try:
        config = await alice.content_repository_config()
        assert config.upload_size == 100 * 1024 * 1024, config
        sent = picture()
        uploaded, _ = await alice.upload(lambda *_: io.BytesIO(sent), "image/png", "cat.png", filesize=len(sent))
        assert isinstance(uploaded, nio.UploadResponse), uploaded
        downloaded = await alice.download(uploaded.content_uri)
        assert downloaded.body == sent and downloaded.filename == "cat.png", downloaded
        server, media = uploaded.content_uri.removeprefix("mxc://").split("/")
        thumbnail = await alice.thumbnail(server, media, 32, 32)
        assert isinstance(thumbnail, nio.ThumbnailResponse), thumbnail
        encrypted, keys = await alice.upload(
            lambda *_: io.BytesIO(sent), "image/png", "cat.png", encrypt=True, filesize=len(sent))
        cipher = (await alice.download(encrypted.content_uri)).body
        assert nio.crypto.decrypt_attachment(cipher, keys["key"]["k"], keys["hashes"]["sha256"], keys["iv"]) == sent
        await rejected(unknown, LARGE, "M_UNKNOWN_TOKEN")
        await rejected(alice, TOO_LARGE, "M_TOO_LARGE")
    finally:
        await alice.close()
        await unknown.close()


asyncio.run(main(*sys.argv[1:]))
