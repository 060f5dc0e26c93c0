package io.mediakeep.app.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.mediakeep.container.CompletedRequest;
import io.mediakeep.container.JerseyApplication;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.StringReader;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AccessLogFormatTest {
    private static CompletedRequest request(String target, String requester, Map<String, List<String>> headers) {
        return new CompletedRequest(
                new JerseyApplication.Head("GET", target, target, "HTTP/1.1", headers, "192.0.2.1", "r-1"),
                "download",
                Optional.ofNullable(requester),
                Instant.parse("2026-02-03T04:05:06Z"),
                Duration.ofMillis(7),
                200,
                0,
                1234,
                true);
    }

    private static JsonObject json(CompletedRequest request) {
        return Json.createReader(new StringReader(AccessLogFormat.json(request)))
                .readObject();
    }

    @Test
    void aLineOfTheCombinedFormatHasNineFields() {
        CompletedRequest request = request(
                "/a/b?c=d",
                "@alice:example.org",
                Map.of("user-agent", List.of("curl/8"), "Referer", List.of("http://e/")));
        assertThat(AccessLogFormat.combined(request))
                .isEqualTo(
                        "192.0.2.1 - @alice:example.org [03/Feb/2026:04:05:06 +0000] \"GET /a/b?c=d HTTP/1.1\" 200 1234"
                                + " \"http://e/\" \"curl/8\"");
        assertThat(AccessLogFormat.combined(request("/", null, Map.of())))
                .isEqualTo("192.0.2.1 - - [03/Feb/2026:04:05:06 +0000] \"GET / HTTP/1.1\" 200 1234 \"-\" \"-\"");
    }

    @Test
    void aLineOfJsonHasMore() {
        JsonObject line = json(request("/a", "@alice:example.org", Map.of("User-Agent", List.of("curl/8"))));
        assertThat(line.getString("time")).isEqualTo("2026-02-03T04:05:06Z");
        assertThat(line.getString("request_id")).isEqualTo("r-1");
        assertThat(line.getString("endpoint")).isEqualTo("download");
        assertThat(line.getInt("sent_bytes")).isEqualTo(1234);
        assertThat(line.getInt("duration_ms")).isEqualTo(7);
        assertThat(line.getBoolean("complete")).isTrue();
        assertThat(line).doesNotContainKey("referer");
    }

    @ParameterizedTest
    @CsvSource({
        "/a?access_token=secret,              /a?access_token=<redacted>",
        "/a?x=1&access_token=secret&y=2,      /a?x=1&access_token=<redacted>&y=2",
        "/a?access%5Ftoken=secret,            /a?access%5Ftoken=<redacted>",
        "/a?%61ccess_token=secret=&b,         /a?%61ccess_token=<redacted>&b",
        "/a?ACCESS_TOKEN=secret,              /a?ACCESS_TOKEN=<redacted>",
        "/a?access_token=1?access_token=2,    /a?access_token=<redacted>",
        "/a?access_token&b=%zz,               /a?access_token&b=%zz",
        "/a?%zz=1,                            /a?%zz=1",
    })
    void accessTokensAreRemoved(String target, String logged) {
        CompletedRequest request = request(target, null, Map.of("Referer", List.of("https://e" + target)));
        assertThat(AccessLogFormat.combined(request))
                .contains("GET " + logged + " HTTP", "\"https://e" + logged + "\"");
        assertThat(json(request).getString("target")).isEqualTo(logged);
        assertThat(json(request).getString("referer")).isEqualTo("https://e" + logged);
    }

    @Test
    void noOtherHeaderIsLogged() {
        CompletedRequest request = request("/a", null, Map.of("Authorization", List.of("Bearer secret")));
        assertThat(AccessLogFormat.combined(request)).doesNotContain("secret");
        assertThat(AccessLogFormat.json(request)).doesNotContain("secret");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\n", "\r", "\u0085", "\u2028", "\u2029", "\u001b[2J", "\u202e", "\udb40\udc01", "\u0000"})
    void nothingEndsALineOrControlsATerminal(String unsafe) {
        CompletedRequest request =
                request("/a" + unsafe, "@a" + unsafe + " b:e", Map.of("User-Agent", List.of("x" + unsafe + "\" \\")));
        for (String line : List.of(AccessLogFormat.combined(request), AccessLogFormat.json(request))) {
            assertThat(line).doesNotContain(unsafe).hasLineCount(1);
        }
        assertThat(AccessLogFormat.combined(request)).endsWith("\\\" \\\\\"").contains("%20b:e [");
        assertThat(json(request).getString("user_agent")).isEqualTo("x" + unsafe + "\" \\");
    }
}
