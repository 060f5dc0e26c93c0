package io.mediakeep.limits;

/** Every rate limit, with its default allowance: requests per second, and at once. */
public enum Limit {
    UPLOAD("upload", 10, 100),
    CREATE("create", 10, 50),
    DOWNLOAD("download", 200, 1000),
    THUMBNAIL("thumbnail", 200, 1000),
    PREVIEW("preview", 5, 50),

    /** Requests of other homeservers. */
    FEDERATION("federation", 100, 1000),

    /** Requests of administrators. */
    ADMIN("admin", 100, 1000);

    private final String key;
    private final double perSecond;
    private final int burst;

    Limit(String key, double perSecond, int burst) {
        this.key = key;
        this.perSecond = perSecond;
        this.burst = burst;
    }

    /** The name in the configuration, below {@code rate-limits}. */
    public String key() {
        return key;
    }

    /** How many requests are permitted per second. */
    public double perSecond() {
        return perSecond;
    }

    /** How many requests are permitted at once. */
    public int burst() {
        return burst;
    }
}
