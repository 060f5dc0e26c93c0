// What matrix-js-sdk and a page that uses it do with media, in a browser.
import { createClient } from "matrix-js-sdk";
import { SECONDS, film, shows } from "./film.mjs";

const MEBIBYTE = 1024 * 1024;
const TOKEN = "alices-token";
let alice, unknown;

function equal(actual, expected, what) {
    if (JSON.stringify(actual) !== JSON.stringify(expected)) {
        throw new Error(`${what}: ${JSON.stringify(actual)}, not ${JSON.stringify(expected)}`);
    }
}

const failure = (promise) => promise.then((value) => ({ name: "no failure", value }), (error) => error);
const zeros = (mebibytes) => new Blob([new Uint8Array(mebibytes * MEBIBYTE)]);
const url = (mxc, authenticated, side) => alice.mxcUrlToHttp(mxc, side, side, side && "crop", false, true, authenticated);
const once = (target, event) => new Promise((resolve, reject) => {
    target.addEventListener(event, resolve, { once: true });
    target.addEventListener("error", () => reject(new Error(`no ${event} of ${target.src}`)), { once: true });
});

async function uploaded(blob) {
    return (await alice.uploadContent(blob, { name: "a cat" })).content_uri;
}

async function picture() {
    const canvas = new OffscreenCanvas(64, 64);
    canvas.getContext("2d").fillRect(0, 0, 32, 32);
    return uploaded(await canvas.convertToBlob({ type: "image/png" }));
}

async function uploadsReportTheirProgress() {
    const sent = Uint32Array.from({ length: 5 * MEBIBYTE }, (_, i) => i);
    const events = [];
    const { content_uri: mxc } = await alice.uploadContent(new Blob([sent]), { progressHandler: (event) => events.push(event) });
    equal(events.at(-1), { loaded: sent.byteLength, total: sent.byteLength }, "the last progress");
    equal(events.every(({ loaded }, i) => i === 0 || loaded >= events[i - 1].loaded), true, "progress grows");
    const received = new Uint32Array(await (await fetched(url(mxc, true))).arrayBuffer());
    equal(received.length === sent.length && received.every((value, i) => value === sent[i]), true, "the same bytes");
}

async function anUploadIsAborted() {
    let upload;
    await new Promise((begun) => (upload = alice.uploadContent(zeros(90), { progressHandler: begun })));
    alice.cancelUpload(upload);
    equal((await failure(upload)).name, "AbortError", "an aborted upload");
}

// Several times, since the answer may be lost now and then only
async function rejectionsAreReported() {
    for (let round = 0; round < 5; round++) {
        for (const mebibytes of [10, 20, 60]) {
            await isRejected(unknown, mebibytes, 401, "M_UNKNOWN_TOKEN");
        }
        await isRejected(alice, 110, 413, "M_TOO_LARGE");
    }
}

async function isRejected(client, mebibytes, status, errcode) {
    const error = await failure(client.uploadContent(zeros(mebibytes)));
    equal([error.httpStatus, error.errcode], [status, errcode], `${mebibytes} MiB: ${error}`);
}

async function fetched(address, headers, status = 200) {
    const answer = await fetch(address, { headers: { Authorization: `Bearer ${TOKEN}`, ...headers } });
    equal(answer.status, status, address);
    return answer;
}

async function mediaIsFetched() {
    const mxc = await picture();
    const whole = await (await fetched(url(mxc, true))).blob();
    equal(whole.type, "image/png", "the type");
    equal((await createImageBitmap(await (await fetched(url(mxc, true, 32))).blob())).width, 32, "a thumbnail");
    const part = await (await fetched(url(mxc, true), { Range: "bytes=1-3" }, 206)).text();
    equal(part, "PNG", "a part");
}

async function shown(address) {
    const image = new Image();
    image.src = address;
    await image.decode();
    return image.naturalWidth;
}

async function imagesAreShown(authenticated) {
    const mxc = await picture();
    equal([await shown(url(mxc, authenticated)), await shown(url(mxc, authenticated, 32))], [64, 32], "the widths of <img>");
}

async function videosAreSought(mxc, authenticated) {
    await rangesReceived();
    const video = document.createElement("video");
    video.crossOrigin = "anonymous"; // else a canvas may not read its frames
    video.preload = "metadata";
    video.src = url(mxc, authenticated);
    await once(video, "loadedmetadata");
    equal(Math.round(video.duration), SECONDS, "the length of the film");
    for (const second of [SECONDS - 2, 2, SECONDS / 2]) {
        video.currentTime = second + 0.5;
        await once(video, "seeked");
        equal(shows(video, second), true, `the frame of second ${second}`);
    }
    const ranges = await rangesReceived();
    equal(ranges.some((range) => !range.startsWith("bytes 0-")), true, `seeking without all that lies before: ${ranges}`);
    video.removeAttribute("src");
    video.load(); // ends the download
}

async function aServiceWorkerStarts(mxc) {
    equal((await failure(shown(url(mxc, true)))).name, "EncodingError", "an <img> without a token");
    const controlled = once(navigator.serviceWorker, "controllerchange");
    await navigator.serviceWorker.register("service_worker.js");
    await controlled;
}

export async function run(baseUrl) {
    [alice, unknown] = [TOKEN, "wrong-token"].map((accessToken) =>
        createClient({ baseUrl, accessToken, userId: "@alice:example.org" }));
    await uploadsReportTheirProgress();
    await anUploadIsAborted();
    await rejectionsAreReported();
    await mediaIsFetched();
    await imagesAreShown(false);
    const video = await uploaded(await film());
    await videosAreSought(video, false);
    await aServiceWorkerStarts(await picture());
    await imagesAreShown(true);
    await videosAreSought(video, true);
}
