package io.mediakeep.app.federation;

import static io.mediakeep.testing.Client.error;
import static io.mediakeep.testing.Client.json;
import static org.assertj.core.api.Assertions.assertThat;

import io.mediakeep.app.federation.TestHomeservers.Homeserver;
import io.mediakeep.testing.Client;
import io.mediakeep.testing.TestImages;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * Three real servers that fetch media from each other, over TLS and with real discovery: one by its SRV record, one by
 * its delegation, one by the port in its name.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class FederationContract implements TestHomeservers.Builder {
    private static final String FEDERATION = "/_matrix/federation/v1/media/";

    TestHomeservers town;
    Homeserver a;
    Homeserver b;
    Homeserver c;

    @BeforeAll
    void startAll(@TempDir Path directory) throws Exception {
        town = new TestHomeservers(directory, this);
        a = town.openByService("a.example");
        b = town.openByDelegation("b.example");
        c = town.openByPort("c.example");
    }

    @AfterAll
    void stopAll() throws IOException {
        town.close();
    }

    @Test
    void everyServerServesTheMediaOfTheOthers() throws Exception {
        for (Homeserver origin : List.of(a, b, c)) {
            byte[] image = new byte[300_000];
            new Random(origin.name().hashCode()).nextBytes(image);
            String mxc = origin.alice().mxc(image);
            for (Homeserver other : List.of(a, b, c)) {
                for (int reader = 0; reader < 2; reader++) {
                    HttpResponse<byte[]> response = other.alice().get(Client.download(mxc));
                    assertThat(response.body()).isEqualTo(image);
                    assertThat(response.headers().firstValue("Content-Type")).contains("image/png");
                    assertThat(response.headers().firstValue("Content-Disposition"))
                            .contains("inline; filename=cat.png");
                    assertThat(response.headers().firstValue("Content-Length")).contains("300000");
                }
            }
            assertThat(origin.requestsFor(mxc)).hasSize(2).allMatch(uri -> uri.startsWith(FEDERATION));
        }
    }

    @Test
    void fetchedMediaIsServedLikeLocalMedia() throws Exception {
        String mxc = a.alice().mxc(new byte[1000]);
        b.alice().get(Client.download(mxc));
        HttpResponse<byte[]> stored = b.alice().get(Client.download(mxc));
        String etag = stored.headers().firstValue("ETag").orElseThrow();
        assertThat(b.alice()
                        .send(b.alice().request(Client.download(mxc)).header("If-None-Match", etag))
                        .statusCode())
                .isEqualTo(304);
        HttpResponse<byte[]> part =
                b.alice().send(b.alice().request(Client.download(mxc)).header("Range", "bytes=10-19"));
        assertThat(part.statusCode()).isEqualTo(206);
        assertThat(part.body()).hasSize(10);
    }

    @Test
    void aHeadRequestFetches() throws Exception {
        String mxc = a.alice().mxc(new byte[2000]);
        HttpResponse<byte[]> head =
                b.alice().send(b.alice().request(Client.download(mxc)).method("HEAD", BodyPublishers.noBody()));
        assertThat(head.statusCode()).isEqualTo(200);
        assertThat(head.headers().firstValue("Content-Length")).contains("2000");
        assertThat(b.alice().get(Client.download(mxc)).body()).hasSize(2000);
        assertThat(a.requestsFor(mxc)).hasSize(1);
    }

    @Test
    void aRangeOfMediaBeingFetchedGetsTheWholeContent() throws Exception {
        String mxc = a.alice().mxc(new byte[3000]);
        HttpResponse<byte[]> response =
                b.alice().send(b.alice().request(Client.download(mxc)).header("Range", "bytes=10-19"));
        assertThat(response.statusCode()).isIn(200, 206); // 206 when it was stored before the response began
        assertThat(response.body()).hasSize(response.statusCode() == 200 ? 3000 : 10);
    }

    @Test
    void thumbnailsOfRemoteMediaAreFetchedFromTheOrigin() throws Exception {
        String mxc = a.alice().mxc(TestImages.png(1000, 800, 1));
        for (Homeserver other : List.of(b, c)) {
            HttpResponse<byte[]> thumbnail = other.alice().get(Client.thumbnail(mxc, "width=96&height=96&method=crop"));
            assertThat(thumbnail.statusCode()).isEqualTo(200);
            assertThat(TestImages.size(thumbnail.body())).isEqualTo("96x96");
        }
        assertThat(a.requestsFor(mxc)).hasSize(2).allMatch(uri -> uri.startsWith(FEDERATION + "thumbnail/"));
    }

    @Test
    void pendingContentIsWaitedForAcrossServers() throws Exception {
        String mxc = json(a.alice().post("/_matrix/media/v1/create")).getString("content_uri");
        assertThat(error(b.alice().get(Client.download(mxc) + "?timeout_ms=0"))).isEqualTo("504 M_NOT_YET_UPLOADED");
        CompletableFuture<HttpResponse<byte[]>> reader =
                c.alice().sendAsync(c.alice().request(Client.download(mxc) + "?timeout_ms=60000"));
        a.alice().send(a.alice().request(Client.put(mxc)).PUT(BodyPublishers.ofByteArray(new byte[500])));
        assertThat(reader.get(30, TimeUnit.SECONDS).body()).hasSize(500);
    }

    @Test
    void missingMediaIsNotFoundAndTheResultIsCached() throws Exception {
        String mxc = "mxc://" + a.name() + "/nothing";
        assertThat(error(b.alice().get(Client.download(mxc)))).isEqualTo("404 M_NOT_FOUND");
        assertThat(error(b.alice().get(Client.download(mxc)))).isEqualTo("404 M_NOT_FOUND");
        assertThat(a.requestsFor(mxc)).hasSize(1);
        assertThat(error(b.alice().get(Client.download("mxc://nobody.example/cat"))))
                .isEqualTo("502 M_UNKNOWN");
    }

    @Test
    void remoteMediaIsNotServedToOtherServers() throws Exception {
        String mxc = c.alice().mxc(new byte[700]);
        assertThat(a.alice().get(Client.download(mxc)).body()).hasSize(700);
        String asIfItWereOfA = "mxc://" + a.name() + mxc.substring(mxc.lastIndexOf('/'));
        assertThat(error(b.alice().get(Client.download(asIfItWereOfA)))).isEqualTo("404 M_NOT_FOUND");
        assertThat(a.requestsFor(mxc)).hasSize(1);
    }

    @Test
    void nothingIsFetchedWithAllowRemoteFalse() throws Exception {
        String mxc = a.alice().mxc(new byte[100]);
        assertThat(error(b.alice().get(Client.download(mxc) + "?allow_remote=false")))
                .isEqualTo("404 M_NOT_FOUND");
        assertThat(a.requestsFor(mxc)).isEmpty();
    }
}
