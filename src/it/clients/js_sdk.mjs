// What matrix-js-sdk does with media, in Node.
import assert from "node:assert/strict";
import { deflateSync, crc32 } from "node:zlib";

const [, , sdk, baseUrl, page] = process.argv;
process.env.NODE_TLS_REJECT_UNAUTHORIZED = "0"; // the certificate is made for the test
const { createClient } = await import(sdk);
const MEBIBYTE = 1024 * 1024;
const client = (accessToken) => createClient({ baseUrl, accessToken, userId: "@alice:example.org" });
const alice = client("alices-token");

async function fetched(url) {
    const answer = await fetch(url, { headers: { Authorization: "Bearer alices-token" } });
    assert.equal(answer.status, 200, url);
    return Buffer.from(await answer.arrayBuffer());
}

const rejected = (who, size, status, errcode) =>
    assert.rejects(who.uploadContent(new Blob([new Uint8Array(size)]), { name: "large", type: "image/png" }), (error) => {
        assert.deepEqual([error.httpStatus, error.errcode], [status, errcode]);
        return true;
    });

assert.equal((await alice.getMediaConfig(true))["m.upload.size"], 100 * MEBIBYTE);

const sent = Buffer.from(crypto.getRandomValues(new Uint8Array(50_000)));
let progress = 0;
const { content_uri: mxc } = await alice.uploadContent(new Blob([sent]), {
    name: "a cat.bin", type: "application/octet-stream", progressHandler: ({ loaded }) => (progress = loaded),
});
assert.deepEqual(await fetched(alice.mxcUrlToHttp(mxc, undefined, undefined, undefined, false, true, true)), sent);
assert.ok(progress >= 0);

assert.equal((await alice.getUrlPreview(page, Date.now()))["og:title"], "All about cats");

const aborted = alice.uploadContent(new Blob([new Uint8Array(90 * MEBIBYTE)]), { name: "aborted", type: "image/png" });
setTimeout(() => alice.cancelUpload(aborted), 5);
await assert.rejects(aborted, { name: "AbortError" });

await rejected(client("wrong-token"), 60 * MEBIBYTE, 401, "M_UNKNOWN_TOKEN");
await rejected(alice, 110 * MEBIBYTE, 413, "M_TOO_LARGE");
process.exit(0);
