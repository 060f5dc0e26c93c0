package io.mediakeep.media;

import java.util.List;

/**
 * What became of a batch of media that was to be adopted. What is in none of the lists was in the catalog already.
 *
 * @param added its rows were added
 * @param blocked its content is blocked by administrators
 * @param withoutBlob its blob was removed in the meantime, and must be stored again
 */
public record Adopted(List<AdoptedMedia> added, List<AdoptedMedia> blocked, List<AdoptedMedia> withoutBlob) {

    /** The total size of what was added, in bytes. */
    public long bytes() {
        return added.stream().mapToLong(adopted -> adopted.media().size()).sum();
    }
}
