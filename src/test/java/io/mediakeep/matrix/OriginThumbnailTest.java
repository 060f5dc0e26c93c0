package io.mediakeep.matrix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class OriginThumbnailTest {
    private static final Mxc CAT = new Mxc(new ServerName("example.org"), "cat");
    private static final OriginThumbnail THUMBNAIL = new OriginThumbnail(CAT, 320, 240, "crop");

    @Test
    void isParsedFromItsUri() {
        Mxc uri = THUMBNAIL.mxc().orElseThrow();
        assertThat(OriginThumbnail.storedUnder(uri)).contains(THUMBNAIL);
        assertThat(OriginThumbnail.storedUnder(Mxc.parse(uri.toString()))).contains(THUMBNAIL);
        assertThat(OriginThumbnail.storedUnder(CAT)).isEmpty();
    }

    @Test
    void hasAUriThatNoRequestCanHave() {
        String mediaId = THUMBNAIL.mxc().orElseThrow().mediaId();
        assertThatThrownBy(() -> Mxc.requested("example.org", mediaId))
                .isInstanceOfSatisfying(
                        MatrixException.class,
                        exception -> assertThat(exception.status()).isEqualTo(404));
    }

    @Test
    void hasNoUriWhenItWouldBeTooLong() {
        Mxc longest = new Mxc(new ServerName("example.org"), "x".repeat(255));
        assertThat(new OriginThumbnail(longest, 1, 1, "scale").mxc()).isEmpty();
    }
}
