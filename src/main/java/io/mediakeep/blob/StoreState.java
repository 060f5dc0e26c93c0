package io.mediakeep.blob;

/**
 * Whether a blob store is available.
 *
 * @param reason why it is not, for an operator; empty when it is
 */
public record StoreState(boolean available, String reason) {
    static final StoreState AVAILABLE = new StoreState(true, "");

    static StoreState unavailable(String reason) {
        return new StoreState(false, reason);
    }
}
