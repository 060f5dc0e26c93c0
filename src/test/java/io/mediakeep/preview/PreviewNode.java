package io.mediakeep.preview;

import io.mediakeep.concurrent.Deadline;
import io.mediakeep.matrix.Mxc;
import io.mediakeep.media.MediaNode;
import io.mediakeep.media.NodeOptions;
import io.mediakeep.media.content.Content;
import io.mediakeep.media.content.DownloadRequest;
import io.mediakeep.outbound.OutboundSettings;
import io.mediakeep.outbound.Resolver;
import io.mediakeep.outbound.http.OutboundClient;
import io.mediakeep.persistence.DatabaseSettings;
import io.mediakeep.testing.H2Database;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;

/**
 * A {@link MediaNode} that makes previews. Host names that end in {@code .example} resolve to an allowed loopback
 * address, and {@code inside.example} to one that is not allowed.
 */
final class PreviewNode extends MediaNode {
    private static final String ALLOWED = "127.0.0.1";
    private static final String NOT_ALLOWED = "127.0.0.2";

    final Previews previews;
    final PreviewCatalog previewCatalog;
    private final OutboundClient http;

    PreviewNode(DatabaseSettings settings, Path directory, PreviewSettings previewSettings) throws IOException {
        super(settings, directory, new NodeOptions().quota(0, 0));
        http = new OutboundClient(
                new OutboundSettings(List.of(), List.of(ALLOWED), Optional.empty()), (Resolver) PreviewNode::addresses);
        previewCatalog = new PreviewCatalog(transactions);
        previews = new Previews(previewSettings, http, previewCatalog, expiring, clock);
    }

    /** On an H2 database in the directory. */
    static PreviewNode onH2(Path directory, PreviewSettings previewSettings) throws IOException {
        return new PreviewNode(H2Database.in(directory), directory.resolve("blobs"), previewSettings);
    }

    private static List<InetAddress> addresses(String host) throws UnknownHostException {
        if (!host.endsWith(".example")) {
            throw new UnknownHostException(host);
        }
        return List.of(InetAddress.getByName(host.equals("inside.example") ? NOT_ALLOWED : ALLOWED));
    }

    /** The current preview of a URL. */
    JsonObject preview(String url) throws Exception {
        return preview(new PreviewRequest(url, Optional.empty(), Optional.empty(), "@alice:example.org"));
    }

    /** The preview of a URL at a point in time. */
    JsonObject preview(String url, Instant at) throws Exception {
        return preview(new PreviewRequest(url, Optional.of(at), Optional.empty(), "@alice:example.org"));
    }

    /** The requested preview; throws the cause of a failure. */
    JsonObject preview(PreviewRequest request) throws Exception {
        try {
            String json = previews.preview(request).toCompletableFuture().get();
            return Json.createReader(new StringReader(json)).readObject();
        } catch (ExecutionException failure) {
            throw failure.getCause() instanceof RuntimeException cause ? cause : failure;
        }
    }

    /** The content of local media, without a token. */
    Content content(String mxc) throws Exception {
        DownloadRequest request =
                new DownloadRequest(Mxc.parse(mxc), false, false, "127.0.0.1", Deadline.in(Duration.ZERO));
        return downloads.openWhole(request).toCompletableFuture().get();
    }

    /** The bytes of local media. */
    byte[] download(String mxc) throws Exception {
        Content content = content(mxc);
        try (InputStream bytes = content.open(0, content.size())) {
            return bytes.readAllBytes();
        }
    }

    /** Deletes all rows, and advances the clock so far that all caches have expired. */
    void reset() {
        for (String entity : List.of("PreviewEntity", "MediaEntity", "BlobEntity")) {
            transactions.run(
                    entities -> entities.createQuery("delete from " + entity).executeUpdate());
        }
        clock.advance(Duration.ofDays(3));
        clock.advance(Duration.between(
                clock.instant(), clock.instant().truncatedTo(ChronoUnit.HOURS).plus(Duration.ofHours(1))));
    }

    @Override
    public void close() throws IOException {
        previews.close();
        http.close();
        super.close();
    }
}
