package io.mediakeep.limits;

/** Everything that a caller can do too often, with its default allowance: requests per second, and at once. */
public enum Limit {
    UPLOAD("upload", 10, 100),
    CREATE("create", 10, 50),
    DOWNLOAD("download", 200, 1000),
    THUMBNAIL("thumbnail", 200, 1000),
    PREVIEW("preview", 5, 50),

    /** What other homeservers ask of us. */
    FEDERATION("federation", 100, 1000);

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

    /** How many requests come back each second. */
    public double perSecond() {
        return perSecond;
    }

    /** How many requests may come at once. */
    public int burst() {
        return burst;
    }
}
