package io.mediakeep.outbound;

/**
 * What a request to another server is for. Each purpose has places of its own, so that none of them waits for another;
 * within one, a site has only a share.
 */
public enum Purpose {
    /** Media of other homeservers. */
    MEDIA(40, 6, 8),
    /** Thumbnails that other homeservers made of their media. */
    THUMBNAIL(12, 4, 4),
    /** Pages of the web, and what they name. */
    PREVIEW(16, 4, 8),
    /** Signing keys of other homeservers. */
    KEYS(32, 4, 8),
    /** Where other homeservers are. */
    DISCOVERY(48, 4, 12);

    private final int places;
    private final int placesOfSite;
    private final int lookups;

    Purpose(int places, int placesOfSite, int lookups) {
        this.places = places;
        this.placesOfSite = placesOfSite;
        this.lookups = lookups;
    }

    /** How many requests may be under way. */
    public int places() {
        return places;
    }

    /** How many of them may be with one site; as many more may wait for their turn. */
    public int placesOfSite() {
        return placesOfSite;
    }

    /** How many questions to the name service may be open. */
    public int lookups() {
        return lookups;
    }
}
