package io.mediakeep.admin.removal;

import static org.assertj.core.api.Assertions.assertThat;

import io.mediakeep.blob.BlobId;
import io.mediakeep.matrix.ContentType;
import io.mediakeep.matrix.Mxc;
import io.mediakeep.matrix.UserId;
import io.mediakeep.media.MediaRow;
import io.mediakeep.testing.server.TestHomeserver;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AvatarsTest {
    private static final String PROFILE = "/_matrix/client/v3/profile/%40alice%3Aexample.org/avatar_url";

    private final TestHomeserver homeserver = new TestHomeserver();
    private final Avatars avatars = new Avatars(Optional.of(homeserver.url()));

    @AfterEach
    void close() {
        avatars.close();
        homeserver.close();
    }

    private static MediaRow row(String mediaId, String contentType) {
        return new MediaRow(
                Mxc.parse("mxc://example.org/" + mediaId),
                MediaRow.Kind.LOCAL,
                Optional.of(new UserId("@alice:example.org")),
                new ContentType(contentType),
                1,
                new BlobId("0".repeat(64)),
                Instant.EPOCH,
                Instant.EPOCH,
                Optional.empty(),
                false,
                false);
    }

    @Test
    void theImageInTheProfileIsAnAvatar() {
        homeserver.respond(PROFILE, TestHomeserver.json(200, "{\"avatar_url\":\"mxc://example.org/face\"}"));
        assertThat(avatars.of(row("face", "image/png"))).isEqualTo(Avatars.Result.YES);
        assertThat(avatars.of(row("cat", "image/png"))).isEqualTo(Avatars.Result.NO);
        assertThat(avatars.of(row("face", "text/plain"))).isEqualTo(Avatars.Result.NO);
        assertThat(homeserver.requestCount(PROFILE)).isEqualTo(1);
    }

    @Test
    void aUserWithoutProfileHasNoAvatar() {
        homeserver.respond(PROFILE, TestHomeserver.json(404, "{\"errcode\":\"M_NOT_FOUND\"}"));
        assertThat(avatars.of(row("cat", "image/png"))).isEqualTo(Avatars.Result.NO);
    }

    @Test
    void aProfileThatIsNotAvailableIsRequestedOnceAMinute() {
        homeserver.respond(PROFILE, TestHomeserver.json(403, "{\"errcode\":\"M_FORBIDDEN\"}"));
        assertThat(avatars.of(row("cat", "image/png"))).isEqualTo(Avatars.Result.UNKNOWN);
        assertThat(avatars.of(row("dog", "image/png"))).isEqualTo(Avatars.Result.UNKNOWN);
        assertThat(homeserver.requestCount(PROFILE)).isEqualTo(1);
    }
}
