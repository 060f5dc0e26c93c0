package io.mediakeep.media.upload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mediakeep.matrix.ContentType;
import io.mediakeep.matrix.ErrorCode;
import io.mediakeep.matrix.MatrixException;
import io.mediakeep.media.UploadSettings;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ContentTypePolicyTest {
    private final ContentTypePolicy images = policy(List.of("image/*", "Application/*+JSON"), List.of("image/svg+xml"));

    @Test
    void withoutListsAllTypesAreAccepted() {
        permits(policy(List.of(), List.of()), "text/html");
        permits(policy(List.of(), List.of()), "application/octet-stream");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"image/png", "IMAGE/PNG", "image/png; charset=utf-8", " image/png ;a=b", "application/ld+json"})
    void anAllowedTypeIsAccepted(String contentType) {
        permits(images, contentType);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "image",
                "image/",
                "image/png,text/html",
                "image/png; nonsense",
                "text/plain",
                "text/plain; image/png",
                "ximage/png",
                "application/json",
                "application/ldxjson"
            })
    void aTypeThatIsNotAllowedIsRejected(String contentType) {
        forbids(images, contentType);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "image/svg+xml",
                "Image/SVG+XML",
                "image/svg+xml; charset=utf-8",
                "image/svg+xml;",
                " image/svg+xml"
            })
    void aDeniedTypeIsRejectedEvenIfItIsAllowed(String contentType) {
        forbids(images, contentType);
    }

    @Test
    void onlyDeniedTypesAreRejected() {
        ContentTypePolicy policy = policy(List.of(), List.of("video/*"));
        forbids(policy, "video/mp4");
        permits(policy, "audio/mp4");
        permits(policy, "xvideo/mp4");
    }

    @Test
    void onlyTheStarIsAWildcard() {
        forbids(policy(List.of(), List.of("*")), "");
        ContentTypePolicy policy = policy(List.of(), List.of("a.b/c+d", "x/\\E.*"));
        forbids(policy, "a.b/c+d");
        permits(policy, "axb/ccd");
        permits(policy, "x/y");
    }

    private static ContentTypePolicy policy(List<String> allowed, List<String> denied) {
        return new ContentTypePolicy(new UploadSettings(1000, allowed, denied, Duration.ofHours(1), 5));
    }

    private static void permits(ContentTypePolicy policy, String contentType) {
        assertThatCode(() -> policy.check(ContentType.parse(contentType))).doesNotThrowAnyException();
    }

    private static void forbids(ContentTypePolicy policy, String contentType) {
        assertThatThrownBy(() -> policy.check(ContentType.parse(contentType)))
                .isInstanceOfSatisfying(
                        MatrixException.class,
                        exception -> assertThat(exception.code()).isEqualTo(ErrorCode.M_FORBIDDEN));
    }
}
