package io.mediakeep.outbound;

/**
 * The purpose of a request to another server. Each purpose has limits of its own, so that none of them delays another;
 * a site has a share of them.
 */
public enum Purpose {
    /** Media of other homeservers. */
    MEDIA(40, 6, 8),
    /** Thumbnails of media, made by its origin. */
    THUMBNAIL(12, 4, 4),
    /** Web pages, and what they refer to. */
    PREVIEW(16, 4, 8),
    /** Signing keys of other homeservers. */
    KEYS(32, 4, 8),
    /** The discovery of homeservers. */
    DISCOVERY(48, 4, 12);

    private final int maxRequests;
    private final int maxRequestsOfSite;
    private final int maxLookups;

    Purpose(int maxRequests, int maxRequestsOfSite, int maxLookups) {
        this.maxRequests = maxRequests;
        this.maxRequestsOfSite = maxRequestsOfSite;
        this.maxLookups = maxLookups;
    }

    /** The maximum number of concurrent requests. */
    public int maxRequests() {
        return maxRequests;
    }

    /** How many of them may be to one site; as many more may wait. */
    public int maxRequestsOfSite() {
        return maxRequestsOfSite;
    }

    /** The maximum number of concurrent DNS lookups. */
    public int maxLookups() {
        return maxLookups;
    }
}
