// A film of a minute, one frame a second, each of which tells its time.
import { BufferTarget, CanvasSource, Output, WebMOutputFormat } from "mediabunny";

export const SECONDS = 60;
const SIDE = 512;
const SQUARE = 64;
const MAX_DIFFERENCE = 2; // of a shade, by lossy compression
const shadeOf = (second) => 4 * second;

// Noise, so that the file is large, with a square of the second's shade
function draw(context, second) {
    const pixels = context.createImageData(SIDE, SIDE);
    for (let start = 0; start < pixels.data.length; start += 65536) {
        crypto.getRandomValues(pixels.data.subarray(start, start + 65536)); // no more at once
    }
    context.putImageData(pixels, 0, 0);
    context.fillStyle = `rgb(${shadeOf(second)} ${shadeOf(second)} ${shadeOf(second)})`;
    context.fillRect(0, 0, SQUARE, SQUARE);
}

export async function film() {
    const canvas = new OffscreenCanvas(SIDE, SIDE);
    const context = canvas.getContext("2d");
    const output = new Output({ format: new WebMOutputFormat(), target: new BufferTarget() });
    const frames = new CanvasSource(canvas, { codec: "vp8", bitrate: 40_000_000 });
    output.addVideoTrack(frames);
    await output.start();
    for (let second = 0; second < SECONDS; second++) {
        draw(context, second);
        await frames.add(second, 1, { keyFrame: true });
    }
    await output.finalize();
    return new Blob([output.target.buffer], { type: "video/webm" });
}

// Whether a <video> shows the frame of that second
export function shows(video, second) {
    const context = new OffscreenCanvas(SIDE, SIDE).getContext("2d");
    context.drawImage(video, 0, 0);
    const [shade] = context.getImageData(SQUARE / 2, SQUARE / 2, 1, 1).data;
    return Math.abs(shade - shadeOf(second)) <= MAX_DIFFERENCE;
}
