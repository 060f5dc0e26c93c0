package io.mediakeep.admin;

import com.github.benmanes.caffeine.cache.AsyncCache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.mediakeep.auth.Credentials;
import io.mediakeep.auth.HomeserverRequests;
import io.mediakeep.matrix.JsonText;
import io.mediakeep.outbound.http.OperatorClient.Response;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The display names of local users, of homeservers that list them in the way of Synapse's admin API ({@code GET
 * /_synapse/admin/v2/users}). At most 10,000 are requested, and cached for ten minutes; others are unknown.
 */
public final class DisplayNames {
    private static final Logger log = LoggerFactory.getLogger(DisplayNames.class);

    private static final String ALL = "all";
    private static final int PAGE = 1_000;
    private static final int MAX_USERS = 10_000;
    private static final int MAX_BODY_BYTES = 2 * 1024 * 1024;
    private static final int MAX_NAME_LENGTH = 256;
    private static final Duration VALIDITY = Duration.ofMinutes(10);

    /** Names that take longer are unknown this time. */
    private static final Duration MAX_WAIT = Duration.ofSeconds(5);

    private final HomeserverRequests homeserver;
    private final AsyncCache<String, Map<String, String>> cache =
            Caffeine.newBuilder().expireAfterWrite(VALIDITY).maximumSize(1).buildAsync();

    /** The names of the users of this homeserver. */
    public DisplayNames(HomeserverRequests homeserver) {
        this.homeserver = homeserver;
    }

    /** The known names by user id. Blocks for at most 5 s, while the homeserver is requested. */
    public Map<String, String> all(Credentials credentials) {
        return cache.get(ALL, (key, executor) -> names(0, credentials, new HashMap<>()))
                .thenApply(names -> names == null ? Map.<String, String>of() : names)
                .completeOnTimeout(Map.of(), MAX_WAIT.toMillis(), TimeUnit.MILLISECONDS)
                .exceptionally(failure -> {
                    log.warn("The homeserver did not list the display names of users: {}", failure.getMessage());
                    return Map.of();
                })
                .join();
    }

    /** All names from a page on, page by page; completes with null, which is not cached, if it cannot be requested. */
    private CompletableFuture<@Nullable Map<String, String>> names(
            int from, Credentials credentials, Map<String, String> known) {
        String path = "/_synapse/admin/v2/users?from=" + from + "&limit=" + PAGE + "&deactivated=true";
        Optional<CompletableFuture<Response>> response = homeserver.get(path, credentials, MAX_BODY_BYTES);
        return response.isEmpty()
                ? CompletableFuture.completedFuture(null)
                : response.get().thenCompose(page -> {
                    boolean more = add(page, known) && from + PAGE < MAX_USERS;
                    return more
                            ? names(from + PAGE, credentials, known)
                            : CompletableFuture.completedFuture(Map.copyOf(known));
                });
    }

    /** Adds the names of a page; returns whether there are more. */
    private static boolean add(Response page, Map<String, String> known) {
        if (page.status() != 200) {
            throw new CompletionException(new IOException("its status is " + page.status()));
        }
        JsonObject body = object(page);
        if (!(body.get("users") instanceof JsonArray users)) {
            throw new CompletionException(new IOException("the response has no list 'users'"));
        }
        for (JsonValue user : users) {
            if (user instanceof JsonObject row) {
                add(row.getString("name", ""), row.getString("displayname", ""), known);
            }
        }
        return body.containsKey("next_token");
    }

    private static void add(String user, String name, Map<String, String> known) {
        if (!user.isEmpty() && !name.isEmpty() && name.length() <= MAX_NAME_LENGTH) {
            known.put(user, name);
        }
    }

    private static JsonObject object(Response page) {
        try {
            return JsonText.object(page.body().getBytes(StandardCharsets.UTF_8));
        } catch (IOException malformed) {
            throw new CompletionException(malformed);
        }
    }
}
