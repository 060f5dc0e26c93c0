package io.mediakeep.safety;

import static org.assertj.core.api.Assertions.assertThat;

import io.mediakeep.testing.Client;
import io.mediakeep.testing.TestConfig;
import io.mediakeep.testing.TestImages;
import io.mediakeep.testing.server.RawConnection;
import io.mediakeep.testing.server.RemoteHomeserver;
import io.mediakeep.testing.server.TestSite;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A client that sends every kind of request in turn, one at a time, and compares each response with the expected one.
 */
final class BusyClient {
    private static final int LARGEST_UPLOAD = 900 * 1024;
    private static final int PART = 100;

    private final URI server;
    private final RemoteHomeserver origin;
    private final TestSite site;
    private final AtomicInteger requestsLeft;
    private final int number;
    private final Client client;
    private final Random random;
    private final byte[] noise = new byte[LARGEST_UPLOAD];
    private final List<Upload> uploads = new ArrayList<>();
    private int names;

    /** The seed and size of an upload, from which its content is generated again. */
    private record Upload(String mxc, int offset, int size) {}

    private interface Step {
        void run() throws IOException, InterruptedException;
    }

    private final List<Step> steps = List.of(
            this::upload,
            this::download,
            this::uploadAsynchronously,
            this::downloadAgain,
            this::upload,
            this::downloadRange,
            this::thumbnail,
            this::remoteMedia,
            this::preview,
            this::upload,
            this::abortUpload,
            this::download,
            this::abortDownload);

    /**
     * A client of its own number.
     *
     * @param requestsLeft how many requests all clients together have yet to send
     */
    BusyClient(URI server, RemoteHomeserver origin, TestSite site, AtomicInteger requestsLeft, int number) {
        this.server = server;
        this.origin = origin;
        this.site = site;
        this.requestsLeft = requestsLeft;
        this.number = number;
        this.client = new Client(server, TestConfig.ALICE);
        this.random = new Random(number);
        random.nextBytes(noise);
    }

    /** Sends requests until none is left; returns the number of files uploaded. */
    int run() throws IOException, InterruptedException {
        for (int step = 0; requestsLeft.get() > 0; step++) {
            steps.get(step % steps.size()).run();
        }
        return uploads.size();
    }

    private void upload() throws IOException, InterruptedException {
        int size = randomSize();
        int offset = random.nextInt(LARGEST_UPLOAD - size + 1);
        HttpResponse<byte[]> response =
                send(200, client.request("/_matrix/media/v3/upload").POST(body(offset, size)));
        uploads.add(new Upload(Client.json(response).getString("content_uri"), offset, size));
    }

    private void uploadAsynchronously() throws IOException, InterruptedException {
        int size = randomSize();
        int offset = random.nextInt(LARGEST_UPLOAD - size + 1);
        HttpResponse<byte[]> created =
                send(200, client.request("/_matrix/media/v1/create").POST(BodyPublishers.noBody()));
        String mxc = Client.json(created).getString("content_uri");
        send(200, client.request(Client.put(mxc)).PUT(body(offset, size)));
        uploads.add(new Upload(mxc, offset, size));
    }

    /** Most are small, one in four is empty, one in eight may be large. */
    private int randomSize() {
        return switch (random.nextInt(8)) {
            case 0, 1 -> 0;
            case 2 -> random.nextInt(LARGEST_UPLOAD + 1);
            default -> random.nextInt(30_000);
        };
    }

    private HttpRequest.BodyPublisher body(int offset, int size) {
        return BodyPublishers.ofByteArray(noise, offset, size);
    }

    private void download() throws IOException, InterruptedException {
        Upload upload = anyUpload();
        assertIsPartOfNoise(send(200, client.request(Client.download(upload.mxc))), upload.offset, upload.size);
    }

    private void downloadAgain() throws IOException, InterruptedException {
        String path = Client.download(anyUpload().mxc);
        String tag =
                send(200, client.request(path)).headers().firstValue("ETag").orElseThrow();
        send(304, client.request(path).header("If-None-Match", tag));
    }

    private void downloadRange() throws IOException, InterruptedException {
        Upload upload = anyUpload();
        if (upload.size > PART) {
            int start = random.nextInt(upload.size - PART);
            String range = "bytes=" + start + "-" + (start + PART - 1);
            HttpResponse<byte[]> part =
                    send(206, client.request(Client.download(upload.mxc)).header("Range", range));
            assertIsPartOfNoise(part, upload.offset + start, PART);
        }
    }

    private Upload anyUpload() {
        return uploads.get(random.nextInt(uploads.size()));
    }

    private void assertIsPartOfNoise(HttpResponse<byte[]> response, int offset, int size) {
        byte[] expected = Arrays.copyOfRange(noise, offset, offset + size);
        assertThat(Arrays.equals(response.body(), expected))
                .as(response.uri() + " is what was uploaded")
                .isTrue();
    }

    private void thumbnail() throws IOException, InterruptedException {
        byte[] image = TestImages.png(100 + random.nextInt(100), 100 + random.nextInt(100), random.nextInt());
        HttpResponse<byte[]> response = send(
                200,
                client.request("/_matrix/media/v3/upload")
                        .header("Content-Type", "image/png")
                        .POST(BodyPublishers.ofByteArray(image)));
        String mxc = Client.json(response).getString("content_uri");
        byte[] thumbnail = send(200, client.request(Client.thumbnail(mxc, "width=32&height=32&method=crop")))
                .body();
        assertThat(TestImages.size(thumbnail)).isEqualTo("32x32");
    }

    private void remoteMedia() throws IOException, InterruptedException {
        String id = randomName();
        String content = id.repeat(1 + random.nextInt(10_000));
        origin.respond(
                "/_matrix/media/v3/download/" + origin.name() + "/" + id,
                exchange -> RemoteHomeserver.send(exchange, 200, content));
        assertThat(send(200, client.request(Client.download(origin.mxc(id)))).body())
                .asString(StandardCharsets.UTF_8)
                .isEqualTo(content);
    }

    private void preview() throws IOException, InterruptedException {
        String page = "/" + randomName();
        site.page(page, "<title>" + page + "</title><meta property=og:image content=/echo" + page + ">");
        String url = "http://127.0.0.1:" + site.port() + page;
        HttpResponse<byte[]> preview = send(
                200,
                client.request(
                        "/_matrix/client/v1/media/preview_url?url=" + URLEncoder.encode(url, StandardCharsets.UTF_8)));
        send(200, client.request(Client.download(Client.json(preview).getString("og:image"))));
    }

    private String randomName() {
        return "client" + number + "-" + names++;
    }

    private void abortUpload() throws IOException {
        String head = SafetyContract.head("POST", "/_matrix/media/v3/upload") + "Content-Length: " + LARGEST_UPLOAD;
        abort(connection ->
                connection.send(head + "\r\n\r\n").send(Arrays.copyOf(noise, random.nextInt(LARGEST_UPLOAD))));
    }

    private void abortDownload() throws IOException {
        abort(connection -> connection
                .send(SafetyContract.head("GET", Client.download(anyUpload().mxc)) + "\r\n")
                .status());
    }

    private interface Talk {
        void with(RawConnection connection) throws IOException;
    }

    private void abort(Talk talk) throws IOException {
        requestsLeft.decrementAndGet();
        try (RawConnection connection = new RawConnection(server)) {
            talk.with(connection);
        }
    }

    private HttpResponse<byte[]> send(int status, HttpRequest.Builder request)
            throws IOException, InterruptedException {
        requestsLeft.decrementAndGet();
        HttpResponse<byte[]> response = client.send(request);
        assertThat(response.statusCode()).as(response.uri().getPath()).isEqualTo(status);
        return response;
    }
}
