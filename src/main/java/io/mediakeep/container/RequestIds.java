package io.mediakeep.container;

import java.util.HexFormat;
import java.util.concurrent.atomic.AtomicLong;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Ids of requests, by which a response is found in the logs of this server and of a proxy before it. */
public final class RequestIds {
    /** The header with the id, of requests and responses. */
    public static final String HEADER = "X-Request-Id";

    private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9._-]{1,64}");

    private final String prefix;
    private final AtomicLong count = new AtomicLong();

    /** @param random makes the ids of this process differ from those of others */
    public RequestIds(RandomGenerator random) {
        this.prefix = HexFormat.of().toHexDigits(random.nextLong()) + "-";
    }

    /** The received id if it is a token of at most 64 of {@code A-Z a-z 0-9 . _ -}, otherwise a new one. */
    public String of(@Nullable String received) {
        return received != null && TOKEN.matcher(received).matches() ? received : next();
    }

    /** A new id. */
    public String next() {
        return prefix + count.incrementAndGet();
    }
}
