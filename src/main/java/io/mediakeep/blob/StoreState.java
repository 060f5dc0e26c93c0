package io.mediakeep.blob;

/**
 * Whether a blob store can be used.
 *
 * @param reason why it cannot, for an operator; empty when it can
 */
public record StoreState(boolean available, String reason) {
    static final StoreState AVAILABLE = new StoreState(true, "");

    static StoreState unavailable(String reason) {
        return new StoreState(false, reason);
    }
}
