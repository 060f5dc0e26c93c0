package io.mediakeep.app.log;

import io.mediakeep.container.CompletedRequest;
import io.mediakeep.container.JerseyApplication;
import jakarta.json.Json;
import jakarta.json.JsonBuilderFactory;
import jakarta.json.JsonObjectBuilder;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The formats of lines in the access log. Access tokens are removed, and nothing that a client sent can end a line. */
final class AccessLogFormat {
    private static final String NONE = "-";
    private static final String TOKEN = "access_token";
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("dd/MMM/yyyy:HH:mm:ss Z", Locale.ROOT).withZone(ZoneOffset.UTC);

    private static final JsonBuilderFactory JSON = Json.createBuilderFactory(Map.of());

    private AccessLogFormat() {}

    /** The combined log format of Apache httpd. */
    static String combined(CompletedRequest request) {
        JerseyApplication.Head head = request.head();
        return head.clientAddress()
                + " - " + QuotedMessage.quoted(request.requester().orElse(NONE)).replace(" ", "%20")
                + " [" + TIME.format(request.begunAt()) + "] "
                + quoted(head.method() + " " + withoutToken(head.target()) + " " + head.protocol())
                + " " + request.status()
                + " " + (request.sentBytes() == 0 ? NONE : request.sentBytes())
                + " "
                + quoted(head.header("Referer")
                        .map(AccessLogFormat::withoutToken)
                        .orElse(NONE))
                + " " + quoted(head.header("User-Agent").orElse(NONE));
    }

    private static String quoted(String text) {
        return '"' + QuotedMessage.quoted(text.replace("\\", "\\\\").replace("\"", "\\\"")) + '"';
    }

    /** A JSON object with the fields of the combined format and more. */
    static String json(CompletedRequest request) {
        JerseyApplication.Head head = request.head();
        JsonObjectBuilder line = JSON.createObjectBuilder()
                .add("time", request.begunAt().toString())
                .add("request_id", head.id())
                .add("client", head.clientAddress())
                .add("method", head.method())
                .add("target", withoutToken(head.target()))
                .add("protocol", head.protocol())
                .add("endpoint", request.endpoint())
                .add("status", request.status())
                .add("complete", request.complete())
                .add("received_bytes", request.receivedBytes())
                .add("sent_bytes", request.sentBytes())
                .add("duration_ms", request.duration().toMillis());
        add(line, "requester", request.requester());
        add(line, "referer", head.header("Referer").map(AccessLogFormat::withoutToken));
        add(line, "user_agent", head.header("User-Agent"));
        return QuotedMessage.quoted(line.build().toString());
    }

    private static void add(JsonObjectBuilder line, String name, Optional<String> value) {
        value.ifPresent(text -> line.add(name, text));
    }

    /** A URL or request target with the access tokens in its query replaced, however their name is encoded. */
    private static String withoutToken(String target) {
        int query = target.indexOf('?');
        return query < 0
                ? target
                : Arrays.stream(target.substring(query + 1).split("&", -1))
                        .map(AccessLogFormat::parameterWithoutToken)
                        .collect(Collectors.joining("&", target.substring(0, query + 1), ""));
    }

    private static String parameterWithoutToken(String parameter) {
        int value = parameter.indexOf('=');
        return value >= 0 && decoded(parameter.substring(0, value)).equalsIgnoreCase(TOKEN)
                ? parameter.substring(0, value + 1) + "<redacted>"
                : parameter;
    }

    private static String decoded(String name) {
        try {
            return URLDecoder.decode(name, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException malformed) {
            return name;
        }
    }
}
